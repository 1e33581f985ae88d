import type { ActionOutcome } from '../../../shared/domain/action.ts'
import type { ApiErrorCode } from '../../../shared/api/errors.ts'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'

/** What one press asks for. Lengths in minutes, instants in epoch milliseconds. */
export type Press =
  | { readonly name: 'checkIn'; readonly meetingId: string }
  /** `startMs` null: now. `minutes` null: until the next meeting. */
  | { readonly name: 'book'; readonly startMs: number | null; readonly minutes: number | null }
  | { readonly name: 'extend'; readonly meetingId: string; readonly minutes: number }
  | { readonly name: 'end'; readonly meetingId: string }

/** What came of a press: the core's answer, or why there was none. */
export type PressResult =
  | ActionOutcome
  | { readonly kind: 'error'; readonly code: ApiErrorCode; readonly waitMs?: number | undefined }

/** A press with the time it would take, as its button shows it. */
export interface OfferedPress {
  readonly press: Press
  readonly range: TimeRange
}

/** The same for two presses that ask for the same thing. */
export function pressKey(press: Press): string {
  switch (press.name) {
    case 'book':
      return `book ${press.startMs} ${press.minutes}`
    case 'extend':
      return `extend ${press.meetingId} ${press.minutes}`
    case 'checkIn':
    case 'end':
      return `${press.name} ${press.meetingId}`
  }
}
