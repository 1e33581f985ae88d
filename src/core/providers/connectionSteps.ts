import { MINUTE_MS } from '../../shared/domain/duration.ts'
import type { ServerTime } from '../time/createServerTime.ts'
import { ProviderError } from './ProviderError.ts'
import type { ConnectionStep } from './SiteProvider.ts'

/** A device clock off by more than this is worth an admin's look; the panel corrects it by itself. */
const CLOCK_LIMIT_MS = MINUTE_MS

/** What the common course of a connection test needs of a platform. */
export interface ConnectionCourse<Rooms> {
  readonly authenticate: () => Promise<unknown>
  /** The first call a token is used for. */
  readonly listRooms: () => Promise<Rooms>
  /** Whether a refusal came from somebody who speaks the platform's language, a token's or a permission's refusal say. */
  readonly isVendors: (error: ProviderError) => boolean
  /** As set by the answers of the calls above. */
  readonly time: Pick<ServerTime, 'offsetMs' | 'isOffsetKnown'>
  /** The steps behind the token; given the rooms, or why they were refused. */
  readonly furtherSteps: (rooms: Rooms | ProviderError) => Promise<readonly ConnectionStep[]>
}

/** A step that was not tried. */
export const skipped = (step: ConnectionStep['step']): ConnectionStep => ({ step, outcome: 'skipped' })

/** A call's answer or its refusal. Throws the signal's reason, and what is no refusal. */
export async function attempt<T>(run: () => Promise<T>, signal: AbortSignal): Promise<T | ProviderError> {
  try {
    return await run()
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof ProviderError) return error
    throw error
  }
}

/** A permission that was not tried. */
export const skippedPermission = (name: string): ConnectionStep => ({
  ...skipped('permissions'),
  fact: { kind: 'permission', name },
})

/** @param permission its name; a refusal that names another one is believed */
export function permissionStep(permission: string, outcome: unknown): ConnectionStep {
  if (!(outcome instanceof ProviderError)) {
    return { step: 'permissions', outcome: 'passed', fact: { kind: 'permission', name: permission } }
  }
  const name = outcome.details.missingPermission ?? permission
  return { step: 'permissions', outcome: 'failed', error: outcome, fact: { kind: 'permission', name } }
}

/** How many rooms the account sees, in all the lists that were answered. */
export function roomsStep(...lists: readonly (readonly unknown[] | ProviderError)[]): ConnectionStep {
  const counts = lists.flatMap((list) => (list instanceof ProviderError ? [] : [list.length]))
  if (counts.length === 0) return skipped('rooms')
  const count = counts.reduce((sum, one) => sum + one, 0)
  return { step: 'rooms', outcome: count > 0 ? 'passed' : 'failed', fact: { kind: 'rooms', count } }
}

function clockStep(time: ConnectionCourse<unknown>['time']): ConnectionStep {
  if (!time.isOffsetKnown()) return skipped('clock')
  const offsetMs = time.offsetMs()
  const outcome = Math.abs(offsetMs) <= CLOCK_LIMIT_MS ? 'passed' : 'failed'
  return { step: 'clock', outcome, fact: { kind: 'clockOffset', offsetMs } }
}

function isUnreached(
  outcome: unknown,
  isVendors: (error: ProviderError) => boolean,
): outcome is ProviderError {
  if (!(outcome instanceof ProviderError)) return false
  const { kind } = outcome
  if (kind === 'network' || kind === 'tls') return true
  return (kind === 'server' || kind === 'badResponse') && !isVendors(outcome)
}

/**
 * Address, clock, token, then what the platform adds. A token alone proves little: addresses and permissions are
 * judged with the first call after it, and one at hand needs no call at all.
 * @throws the signal's reason only
 */
export async function runConnectionTest<Rooms>(
  course: ConnectionCourse<Rooms>,
  signal: AbortSignal,
): Promise<readonly ConnectionStep[]> {
  const token = await attempt(course.authenticate, signal)
  const rooms = token instanceof ProviderError ? token : await attempt(course.listRooms, signal)
  if (isUnreached(rooms, course.isVendors)) {
    return [
      { step: 'reachable', outcome: 'failed', error: rooms },
      ...(['clock', 'token', 'permissions', 'rooms'] as const).map(skipped),
    ]
  }
  const reached: ConnectionStep = { step: 'reachable', outcome: 'passed' }
  const begun = [reached, clockStep(course.time)]
  // Some platforms hand out a token and refuse it at its first use.
  if (rooms instanceof ProviderError && (token instanceof ProviderError || rooms.kind === 'auth')) {
    const failed: ConnectionStep = { step: 'token', outcome: 'failed', error: rooms }
    return [...begun, failed, skipped('permissions'), skipped('rooms')]
  }
  return [...begun, { step: 'token', outcome: 'passed' }, ...(await course.furtherSteps(rooms))]
}
