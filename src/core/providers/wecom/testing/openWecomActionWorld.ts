import type { WecomRoomSource } from '../../../../shared/settings/schema.ts'
import type { ActionWorld } from '../../testing/ActionWorld.ts'
import { createCalendarControl } from '../../testing/calendarControl.ts'
import { openWecomWorld, SERVICE_PERSON } from './openWecomWorld.ts'
import type { WecomWorld } from './openWecomWorld.ts'

const CHANGES = new Set(['book', 'book_by_schedule', 'book_by_meeting', 'cancel_book', 'add', 'edit', 'del'])
const refusal = (errcode: number) => ({ kind: 'errcode', errcode, route: 'oa/meetingroom/book', times: 1 })

/** The action contract's world, with WeCom's own at hand. */
export interface WecomActionWorld extends ActionWorld<WecomRoomSource> {
  readonly inner: WecomWorld
}

/** Starts a simulator with nothing booked, where `doorplate` books. */
export function openWecomActionWorld(): WecomActionWorld {
  const inner = openWecomWorld()
  const calendar = createCalendarControl<WecomRoomSource>(
    inner.vendor,
    ({ source }) => source.officeRoomId ?? 0,
    SERVICE_PERSON.userId,
  )
  return {
    ...inner,
    inner,
    calendar,
    provider: (http) => inner.bookingProvider(http),
    changesRoom: (_method, path) => CHANGES.has(path.split('/').at(-1) ?? ''),
    refusals: {
      permission: { fault: refusal(48002), reason: 'permission' },
      // No document knows a limit of bookings: whatever code it has is one no table knows.
      dailyLimit: { fault: refusal(90_713), reason: 'failed' },
      // The platform has no allowance of a month; its nearest is that of an hour.
      quota: { fault: refusal(45009), reason: 'throttled' },
      throttled: { fault: refusal(45033), reason: 'throttled' },
    },
    // `book` makes the booking and its calendar entry at once.
    half: { fault: refusal(90_713), reason: 'failed' },
    restrict: (room, how) =>
      calendar.patchRoom(room, how === 'approval' ? { needsApproval: true } : { isDisabled: true }),
    gridMinutes: 30,
    tooShort: { minutes: 20, outcome: 'policy' },
    // No document names a maximum.
    tooLong: { minutes: 12 * 60, outcome: 'done' },
    othersOutcome: 'notOwn',
    seriesOutcome: 'done',
  }
}
