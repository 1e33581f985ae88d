import type { Account } from '../../shared/settings/schema.ts'
import type { SecretName } from '../ports/SecretStore.ts'

/** The secrets an account cannot work without, by platform. */
const namesByPlatform = {
  wecom: ['wecom.corpSecret'],
  dingtalk: ['dingtalk.clientSecret'],
  feishu: ['feishu.appSecret'],
} as const satisfies Record<Account['platform'], readonly SecretName[]>

/** See {@link namesByPlatform}. */
export function secretsOf(account: Account): readonly SecretName[] {
  return namesByPlatform[account.platform]
}
