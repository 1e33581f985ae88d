import type { ActionRefusal } from '../../shared/domain/action.ts'
import type { ProviderError } from './ProviderError.ts'
import type { RoomRef } from './RoomRef.ts'

/** One occurrence as the panel last read it. */
export interface Occurrence {
  /** The id its meeting was read with. */
  readonly meetingId: string
  readonly startMs: number
  readonly endMs: number
  /** Whether the panel's journal says that it made the booking, in whichever life: absent says nothing. */
  readonly isOwn?: boolean
}

/** A booking to make. On a grid it is widened to it first; what is shorter than the room's minimum is `policy`. */
export interface BookingRequest {
  readonly startMs: number
  readonly endMs: number
  readonly title: string
  /** A UUID, another one for every press: what platforms with idempotency keys get. */
  readonly pressId: string
}

/** Why a platform refused a write; `error` for the log and for diagnostics, where there is one. */
export interface WriteRefusal {
  readonly kind: 'refused'
  readonly reason: ActionRefusal
  readonly error?: ProviderError | undefined
}

/**
 * What came of a write, by the calendar's own word: every write is read back. `done.occurrence` is what stands there
 * now (it may differ from what was asked: grids), null where nothing does.
 */
export type WriteOutcome =
  | { readonly kind: 'done'; readonly occurrence: Occurrence | null }
  | WriteRefusal
  /** Sent, unanswered, and not to be read off the calendar either. Never send it again. */
  | { readonly kind: 'unclear'; readonly error: ProviderError }

/** Why a meeting is ended: nobody came, or the people in it are done. */
export type EndReason = 'noShow' | 'endedEarly'

/**
 * The writes of a platform. Each reads the room right before, refuses (`gone`, `taken`, `series`) unless exactly the
 * occurrence it was asked about is there, makes ONE vendor call that changes the room, never repeats it, and reads back. Nothing throws
 * but the caller's abort before that call was sent; from then on an abort ends in `unclear`. A room the platform has no
 * calls for answers `unsupported`. `writes/` has the parts all platforms share, `testing/actionContract.ts` the rules.
 *
 * The caller sends a press ONCE, and no provider remembers presses: whoever presses again is answered from the journal of
 * presses (`booking/createActionJournal.ts`), which is on disk before a press comes here, or from the attempts of
 * releases (`checkIn/createReleaser.ts`).
 */
export interface RoomActions<Source = unknown> {
  book(room: RoomRef<Source>, request: BookingRequest, signal: AbortSignal): Promise<WriteOutcome>
  /**
   * Moves the end of a meeting further out, or books the time behind it where the platform cannot: `done.occurrence` is
   * then the new booking, and begins where the meeting ends.
   * @param untilMs the new end; on a platform with a grid it must lie on it
   */
  extend(
    room: RoomRef<Source>,
    occurrence: Occurrence,
    request: { readonly untilMs: number; readonly title: string; readonly pressId: string },
    signal: AbortSignal,
  ): Promise<WriteOutcome>
  /** Gives the rest of a meeting back. Hits this occurrence and no other, or refuses with `series`. */
  end(
    room: RoomRef<Source>,
    occurrence: Occurrence,
    reason: EndReason,
    signal: AbortSignal,
  ): Promise<WriteOutcome>
}
