import type { DingtalkAccount, DingtalkRoomSource } from '../../../shared/settings/schema.ts'
import type { ProviderDeps, SiteProvider } from '../SiteProvider.ts'

/** DingTalk as a {@link SiteProvider}; being written. */
export function createDingtalkProvider(
  account: DingtalkAccount,
  readSecret: () => Promise<string>,
  deps: ProviderDeps,
): SiteProvider<DingtalkRoomSource> {
  throw new Error(`not here yet: ${account.platform} ${typeof readSecret} ${typeof deps}`)
}
