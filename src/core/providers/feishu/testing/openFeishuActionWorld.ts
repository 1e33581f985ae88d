import type { FeishuRoomSource } from '../../../../shared/settings/schema.ts'
import type { ActionWorld } from '../../testing/ActionWorld.ts'
import { createCalendarControl } from '../../testing/calendarControl.ts'
import { openFeishuWorld, SERVICE_PERSON } from './openFeishuWorld.ts'
import type { FeishuWorld } from './openFeishuWorld.ts'

const MAX_MINUTES = 240
/** Asking the room and answering in its name. Making an event takes nobody's time, and deleting one frees only our own. */
const CHANGES = /\/attendees$|\/instance\/reply$/
const refusal = (errcode: number) => ({ kind: 'errcode', errcode, route: 'attendees', times: 1 })

/** The action contract's world, with Feishu's own at hand. */
export interface FeishuActionWorld extends ActionWorld<FeishuRoomSource> {
  readonly inner: FeishuWorld
}

/** Starts a simulator with nothing booked, where an app books. */
export async function openFeishuActionWorld(): Promise<FeishuActionWorld> {
  const inner = await openFeishuWorld()
  const calendar = createCalendarControl<FeishuRoomSource>(
    inner.vendor,
    (room) => inner.numberOf(room),
    SERVICE_PERSON,
  )
  await calendar.patchRoom(inner.rooms[0], { maxMinutes: MAX_MINUTES })
  return {
    ...inner,
    inner,
    calendar,
    provider: (http) => inner.provider({ http, account: { bookerOpenId: inner.bookerOpenId } }),
    changesRoom: (method, path) => method !== 'GET' && CHANGES.test(path),
    refusals: {
      permission: { fault: refusal(99991672), reason: 'permission' },
      // No document knows a limit of bookings: whatever code it has is one no table knows.
      dailyLimit: { fault: refusal(194_099), reason: 'failed' },
      quota: { fault: refusal(99991403), reason: 'quota' },
      throttled: { fault: refusal(190_005), reason: 'throttled' },
    },
    half: { fault: refusal(194_099), reason: 'failed' },
    restrict: (room, how) =>
      calendar.patchRoom(room, how === 'approval' ? { needsApproval: true } : { isDisabled: true }),
    gridMinutes: 1,
    // The platform knows no shortest booking.
    tooShort: { minutes: 5, outcome: 'done' },
    tooLong: { minutes: MAX_MINUTES + 60, outcome: 'policy' },
    othersOutcome: 'done',
    seriesOutcome: 'series',
  }
}
