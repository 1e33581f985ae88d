import type { WecomAccount, WecomRoomSource } from '../../../shared/settings/schema.ts'
import { ProviderError } from '../ProviderError.ts'
import type { ProviderDeps, SiteProvider } from '../SiteProvider.ts'

/** WeCom as a {@link SiteProvider}: office rooms and Rooms hardware of one self-built app. */
export function createWecomProvider(
  account: WecomAccount,
  readSecret: () => Promise<string>,
  deps: ProviderDeps,
): SiteProvider<WecomRoomSource> {
  const notBuilt = async (): Promise<never> => {
    await readSecret()
    deps.log.debug('not built yet', { baseUrl: account.baseUrl })
    throw new ProviderError('badResponse', 'the WeCom provider is being built')
  }
  return {
    listRooms: notBuilt,
    listMeetings: notBuilt,
    testConnection: notBuilt,
    capabilities: { titles: 'own', organizers: true, approval: true, platformCheckIn: false },
    monthlyCalls: null,
    callCost: (rooms) => rooms.length,
  }
}
