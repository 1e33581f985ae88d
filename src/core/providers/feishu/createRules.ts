import type { ActionRefusal } from '../../../shared/domain/action.ts'
import { MINUTE_MS } from '../../../shared/domain/duration.ts'
import type { Zone } from '../../../shared/domain/zonedTime.ts'
import type { Clock } from '../../ports/Clock.ts'
import type { Logger } from '../../ports/Logger.ts'
import { ProviderError } from '../ProviderError.ts'
import type { FeishuClient } from './client.ts'
import { createPause } from './createPause.ts'
import { isApiWide } from './errors.ts'
import { refusalOf, rulesOf } from './roomRules.ts'
import type { RoomRules, Span } from './roomRules.ts'

const LIFE_MS = 24 * 60 * MINUTE_MS
/** Rules that would refuse a press are not taken from longer ago. */
const REFUSING_LIFE_MS = 5 * MINUTE_MS
/** One call a room: a site of many learns them with several reads. */
const MAX_PER_READ = 5

/** What rules are read with. */
export interface RulesOptions {
  readonly client: Pick<FeishuClient, 'getReserveConfig'>
  readonly clock: Clock
  readonly log: Logger
  readonly zone: Zone
  readonly nowMs: () => number
  readonly mayAlsoCall: (calls: number) => boolean
}

/** What admins set for booking the bound rooms, held for a day. */
export interface Rules {
  /** Reads what is old, if the month allows. Never fails the read; throws only the signal's reason. */
  refresh(ids: readonly string[], signal: AbortSignal): Promise<void>
  of(id: string): RoomRules | undefined
  /**
   * Why the rules keep an app from booking this time; null where they do not, and where they cannot be read.
   * Throws only the signal's reason.
   * @param isFresh only what is read now counts
   */
  refusalOf(id: string, span: Span, isFresh: boolean, signal: AbortSignal): Promise<ActionRefusal | null>
}

interface Known {
  readonly rules: RoomRules | undefined
  readonly atMs: number
}

/** See {@link Rules}. */
export function createRules({ client, clock, log, zone, nowMs, mayAlsoCall }: RulesOptions): Rules {
  const pause = createPause(clock, log, 'booking rules of rooms')
  const known = new Map<string, Known>()
  const ageMs = (id: string): number => clock.monotonic() - (known.get(id)?.atMs ?? -Infinity)

  async function read(id: string, signal: AbortSignal): Promise<void> {
    try {
      const rules = rulesOf(await client.getReserveConfig(id, signal))
      known.set(id, { rules, atMs: clock.monotonic() })
      pause.end()
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof ProviderError)) throw error
      if (isApiWide(error)) pause.begin(error)
      else known.set(id, { rules: known.get(id)?.rules, atMs: clock.monotonic() })
    }
  }

  const told = (id: string, span: Span): ActionRefusal | null => {
    const rules = known.get(id)?.rules
    return rules ? refusalOf(rules, span, nowMs(), zone) : null
  }

  return {
    async refresh(ids, signal) {
      const old = ids.filter((id) => ageMs(id) >= LIFE_MS).slice(0, MAX_PER_READ)
      for (const id of old) {
        if (pause.isOn() || !mayAlsoCall(1)) return
        await read(id, signal)
      }
    },
    of: (id) => known.get(id)?.rules,
    async refusalOf(id, span, isFresh, signal) {
      const isOld = ageMs(id) >= (told(id, span) === null ? LIFE_MS : REFUSING_LIFE_MS)
      if ((isFresh || isOld) && !pause.isOn()) await read(id, signal)
      return told(id, span)
    },
  }
}
