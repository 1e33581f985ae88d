import type { FeishuAccount, FeishuRoomSource } from '../../../shared/settings/schema.ts'
import type { ProviderDeps, SiteProvider } from '../SiteProvider.ts'

/** Feishu as a {@link SiteProvider}; being written. */
export function createFeishuProvider(
  account: FeishuAccount,
  readSecret: () => Promise<string>,
  deps: ProviderDeps,
): SiteProvider<FeishuRoomSource> {
  throw new Error(`not here yet: ${account.platform} ${typeof readSecret} ${typeof deps}`)
}
