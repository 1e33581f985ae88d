import type { Account } from '../../shared/settings/schema.ts'

/** Whose month a count belongs to: the organisation's app, not how it is reached or what share of it is ours. */
export function accountKey(account: Account): string {
  switch (account.platform) {
    case 'wecom':
      return `wecom ${account.corpId}`
    case 'dingtalk':
      return `dingtalk ${account.clientId}`
    case 'feishu':
      return `feishu ${account.appId}`
  }
}
