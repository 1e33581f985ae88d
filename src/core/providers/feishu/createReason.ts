import type { ActionRefusal } from '../../../shared/domain/action.ts'
import { overlaps } from '../../../shared/domain/timeRange.ts'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import { ProviderError } from '../ProviderError.ts'
import type { Catalogue } from './createCatalogue.ts'
import type { Ledger } from './createLedger.ts'
import type { Rules } from './createRules.ts'
import { mapClosures } from './map.ts'

/** Where reasons are looked for. */
export interface ReasonDeps {
  readonly ledger: Ledger
  readonly rules: Rules
  readonly catalogue: Catalogue
  readonly nowMs: () => number
}

/**
 * Why a room said no, which it does not tell: taken, closed, against a rule of its, else `failed`. Asks anew.
 * @param ownUid the event that was refused
 */
export type Reason = (
  roomId: string,
  span: TimeRange,
  ownUid: string,
  signal: AbortSignal,
) => Promise<ActionRefusal>

/** See {@link Reason}. A caller who gives up gets `failed`. */
export function createReason({ ledger, rules, catalogue, nowMs }: ReasonDeps): Reason {
  async function look(
    roomId: string,
    span: TimeRange,
    ownUid: string,
    signal: AbortSignal,
  ): Promise<ActionRefusal> {
    const after = await ledger.read(roomId, span, signal)
    if (after instanceof ProviderError) return 'failed'
    if (after.some(({ uid, range }) => uid !== ownUid && overlaps(range, span))) return 'taken'
    if (await isClosed(catalogue, roomId, span, nowMs(), signal)) return 'closed'
    return (await rules.brokenBy(roomId, span, true, signal)) ?? 'failed'
  }

  return async (roomId, span, ownUid, signal) => {
    try {
      return await look(roomId, span, ownUid, signal)
    } catch (error) {
      if (!signal.aborted) throw error
      return 'failed'
    }
  }
}

/** Whether the platform says now that the room is out of service then. Throws only the signal's reason. */
async function isClosed(
  catalogue: Catalogue,
  roomId: string,
  span: TimeRange,
  nowMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await catalogue.prove([roomId], signal)
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof ProviderError)) throw error
  }
  const room = catalogue.room(roomId)
  return room !== null && mapClosures(room, span, nowMs).some((closure) => overlaps(closure, span))
}
