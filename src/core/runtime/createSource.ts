import type { Account, RoomSettings } from '../../shared/settings/schema.ts'
import type { SiteSettings } from '../../shared/settings/sections.ts'
import { accountKey } from '../polling/accountKey.ts'
import { createCallCounter } from '../polling/createCallCounter.ts'
import type { CallCounter } from '../polling/createCallCounter.ts'
import { createCallMeter } from '../polling/createCallMeter.ts'
import type { CallMeter } from '../polling/createCallMeter.ts'
import { monthlyCallsOf } from '../polling/monthlyCallsOf.ts'
import type { CorePorts } from '../ports/CorePorts.ts'
import { createProvider } from '../providers/registry.ts'
import type { ReadSecret } from '../providers/registry.ts'
import type { SiteProvider } from '../providers/SiteProvider.ts'
import { createServerTime } from '../time/createServerTime.ts'
import type { ServerTime } from '../time/createServerTime.ts'

/** One account: who answers for it, and what its calls have cost. Outlives a change of rules. */
export interface Source {
  /** Whose month it is; see {@link accountKey}. */
  readonly key: string
  readonly counter: CallCounter
  readonly meter: CallMeter
  readonly provider: SiteProvider<RoomSettings['source']>
}

/** What {@link createSource} works with. */
export interface SourceDeps extends Pick<CorePorts, 'clock' | 'http' | 'log' | 'state'> {
  readonly time: ServerTime
  readonly readSecret: ReadSecret
}

/** Makes no call and reads no secret until it is asked for something. */
export function createSource(
  { clock, http, log, state, time, readSecret }: SourceDeps,
  { account, timeZone }: Pick<SiteSettings, 'account' | 'timeZone'>,
): Source {
  const key = accountKey(account)
  const counter = createCallCounter(state, key, log.child('calls'))
  const meter = createCallMeter({ counter, limit: monthlyCallsOf(account), now: () => time.now() })
  const provider = createProvider(account, readSecret, {
    ...{ clock, http, time, timeZone },
    log: log.child(`provider:${account.platform}`),
    onCall: () => meter.count(),
    mayAlsoCall: (calls) => meter.mayAlsoCall(calls),
  })
  return { key, counter, meter, provider }
}

/**
 * A provider for settings that are only being tried. It has a clock of its own: what another address says of the time is
 * nothing to the running door. Its calls count for the running account where the vendor counts them there, too, and
 * otherwise for nobody.
 */
export function createDraftProvider(
  deps: Omit<SourceDeps, 'time'>,
  draft: { readonly account: Account; readonly timeZone: string },
  running: Source | null,
): SiteProvider<RoomSettings['source']> {
  const time = createServerTime(deps.clock)
  const meter = running?.key === accountKey(draft.account) ? running.meter : null
  return createProvider(draft.account, deps.readSecret, {
    ...{ clock: deps.clock, http: deps.http, time, timeZone: draft.timeZone },
    log: deps.log.child(`provider:${draft.account.platform}`),
    onCall: () => meter?.count(),
    mayAlsoCall: (calls) => meter?.mayAlsoCall(calls) ?? true,
  })
}
