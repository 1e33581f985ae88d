import type { Account, RoomSource } from '../../shared/settings/schema.ts'
import type { SecretName } from '../ports/SecretStore.ts'
import { createDingtalkProvider } from './dingtalk/index.ts'
import { createFeishuProvider } from './feishu/index.ts'
import type { ProviderDeps, SiteProvider } from './SiteProvider.ts'
import { createWecomProvider } from './wecom/index.ts'

/** Reads one secret. @throws ProviderError of kind `auth` when it is missing or cannot be read */
export type ReadSecret = (name: SecretName) => Promise<string>

/**
 * The provider of an account; a platform without its line does not compile. Makes no call and reads no secret until it
 * is asked for something.
 * @throws RangeError when the runtime does not know `deps.timeZone`
 */
export function createProvider(
  account: Account,
  readSecret: ReadSecret,
  deps: ProviderDeps,
): SiteProvider<RoomSource> {
  switch (account.platform) {
    case 'wecom':
      return createWecomProvider(account, () => readSecret('wecom.corpSecret'), deps)
    case 'dingtalk':
      return createDingtalkProvider(account, () => readSecret('dingtalk.clientSecret'), deps)
    case 'feishu':
      return createFeishuProvider(account, () => readSecret('feishu.appSecret'), deps)
  }
}
