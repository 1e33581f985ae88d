import { MINUTE_MS } from '../../../shared/domain/duration.ts'
import type { ProviderDeps } from '../SiteProvider.ts'
import type { FeishuClient } from './client.ts'

/** A refused call is not counted, and the door shows more from the moment an admin granted the scope. */
export const DENIED_MS = 15 * MINUTE_MS

/** What everything beside the busy times is read with. */
export type Extras = Pick<ProviderDeps, 'clock' | 'time' | 'log' | 'mayAlsoCall'> & {
  readonly client: FeishuClient
  /** Whether the organisation's calls are counted by the month. */
  readonly isMetered: boolean
}
