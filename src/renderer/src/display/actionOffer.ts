import { bookingOffer } from '../../../shared/domain/bookingOffer.ts'
import { endOffer, extensionOffer } from '../../../shared/domain/meetingOffer.ts'
import type { LengthOffer, OfferRules } from '../../../shared/domain/offer.ts'
import type { RoomSnapshot } from '../../../shared/domain/roomSnapshot.ts'
import type { RoomStatus } from '../../../shared/domain/roomStatus.ts'

/** Another group's check-in beside the present state: which meeting, and the start it is told apart by. */
export interface NextCheckIn {
  readonly meetingId: string
  readonly startMs: number
}

/** Which buttons a state has. */
export type ActionOffer =
  | { readonly kind: 'none' }
  | { readonly kind: 'book'; readonly lengths: readonly LengthOffer[] }
  | { readonly kind: 'checkIn'; readonly meetingId: string; readonly next: NextCheckIn | null }
  | {
      readonly kind: 'meeting'
      readonly meetingId: string | null
      readonly next: NextCheckIn | null
      readonly extensions: readonly LengthOffer[]
      readonly canEnd: boolean
    }

const none: ActionOffer = { kind: 'none' }
const isOffered = ({ offer }: LengthOffer): boolean => offer.kind === 'offered'

function nextCheckInOf({ nextCheckIn }: RoomStatus & { kind: 'checkIn' | 'busy' }): NextCheckIn | null {
  return nextCheckIn && { meetingId: nextCheckIn.id, startMs: nextCheckIn.startMs }
}

function meetingButtons(
  status: RoomStatus & { kind: 'busy' },
  snapshot: RoomSnapshot,
  nowMs: number,
  rules: OfferRules,
): ActionOffer {
  const meetingId = status.meeting?.id ?? null
  const next = rules.actions.checkIn === 'off' ? null : nextCheckInOf(status)
  const extensions = meetingId === null ? [] : extensionOffer(snapshot, meetingId, nowMs, rules)
  const canEnd = meetingId !== null && endOffer(snapshot, meetingId, nowMs, rules).kind === 'offered'
  const hasAny = next !== null || canEnd || extensions.some(isOffered)
  return hasAny ? { kind: 'meeting', meetingId, next, extensions, canEnd } : none
}

/**
 * Which buttons the present state has; whether each can work is what the domain says of it. Unknown, pending, closed and
 * unconfigured rooms have none: the state itself says why.
 * @param nowMs server-corrected epoch milliseconds
 */
export function actionOffer(
  status: RoomStatus,
  snapshot: RoomSnapshot,
  nowMs: number,
  rules: OfferRules,
): ActionOffer {
  switch (status.kind) {
    case 'free':
    case 'soon': {
      const lengths = bookingOffer(snapshot, nowMs, rules)
      return lengths.some(isOffered) ? { kind: 'book', lengths } : none
    }
    case 'checkIn':
      return rules.actions.checkIn === 'off'
        ? none
        : { kind: 'checkIn', meetingId: status.meeting.id, next: nextCheckInOf(status) }
    case 'busy':
      return meetingButtons(status, snapshot, nowMs, rules)
    case 'pending':
    case 'outOfService':
    case 'unknown':
    case 'unconfigured':
      return none
  }
}
