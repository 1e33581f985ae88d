import type { Platform } from '../../shared/domain/platform.ts'
import type { Account, WecomRoomSource } from '../../shared/settings/schema.ts'
import type { SecretName } from '../ports/SecretStore.ts'
import type { ProviderDeps, SiteProvider } from './SiteProvider.ts'
import { createWecomProvider } from './wecom/index.ts'

/** Reads one secret. @throws ProviderError of kind `auth` when it is missing or cannot be read */
export type ReadSecret = (name: SecretName) => Promise<string>

/** Builds the provider of one platform from its kind of account. */
type ProviderFactory<P extends Platform> = (
  account: Extract<Account, { readonly platform: P }>,
  readSecret: ReadSecret,
  deps: ProviderDeps,
) => SiteProvider<WecomRoomSource>

/** One line per platform of the settings; a missing one does not compile. */
const factories = {
  wecom: (account, readSecret, deps) =>
    createWecomProvider(account, () => readSecret('wecom.corpSecret'), deps),
} satisfies { readonly [P in Account['platform']]: ProviderFactory<P> }

/**
 * The provider of an account. Makes no call and reads no secret until it is asked for something.
 * @throws RangeError when the runtime does not know `deps.timeZone`
 */
export function createProvider(
  account: Account,
  readSecret: ReadSecret,
  deps: ProviderDeps,
): SiteProvider<WecomRoomSource> {
  return factories[account.platform](account, readSecret, deps)
}
