/** What people do at the door. */
export const actionNames = ['checkIn', 'book', 'extend', 'end'] as const

/** See {@link actionNames}. */
export type ActionName = (typeof actionNames)[number]

/** Who may do it: whoever stands there, who knows the PIN, or nobody. */
export const actionAccesses = ['anyone', 'pin', 'off'] as const

/** See {@link actionAccesses}. */
export type ActionAccess = (typeof actionAccesses)[number]

/** Why a press came to nothing. Each has its sentence in both languages; no vendor code reaches the screen. */
export const actionRefusals = [
  /** The room's plan is not known well enough to decide on. */
  'unknown',
  /** The platform or the host cannot be reached. */
  'offline',
  /** The admin switched the action off. */
  'off',
  /** The PIN is needed, was wrong, or is blocked for a while (`waitMs`). */
  'pin',
  'wrongPin',
  'locked',
  /** Somebody else has the time, or it was lost in a race. */
  'taken',
  /** Bookings of this room must be approved by somebody, which an app cannot ask for. */
  'approval',
  /** Shorter or longer than the room allows, off its grid, too far ahead, or against another of its rules. */
  'policy',
  /** The room is out of service then. */
  'closed',
  /** The service person made as many bookings today as the platform allows. */
  'dailyLimit',
  /** The app lacks a permission, or the person is outside of its range. */
  'permission',
  /** The organisation's calls of this month are spent. */
  'quota',
  /** The platform asks to slow down. */
  'throttled',
  /** The meeting is no longer there, or was moved since it was read. */
  'gone',
  /** One occurrence of this series cannot be changed alone. */
  'series',
  /** Only bookings made at this door can be changed. */
  'notOwn',
  /** The platform has no such function, or no service person is set up. */
  'unsupported',
  /** Check-in is not open yet, or no longer. */
  'notOpen',
  'tooLate',
  /** The platform failed, or answered something nobody understands. */
  'failed',
] as const

/** See {@link actionRefusals}. */
export type ActionRefusal = (typeof actionRefusals)[number]

/** What came of a press. `done` carries what the calendar says afterwards, not what was asked for. */
export type ActionOutcome =
  | {
      readonly kind: 'done'
      /** Null where nothing of the meeting is left. */
      readonly meeting: { readonly id: string; readonly startMs: number; readonly endMs: number } | null
    }
  | { readonly kind: 'refused'; readonly reason: ActionRefusal; readonly waitMs?: number | undefined }
  /** The request left, its answer did not come, and the calendar does not tell: nobody may press on blindly. */
  | { readonly kind: 'unclear' }
