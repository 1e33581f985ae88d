import { HOUR_MS } from '../../../../shared/domain/duration.ts'
import type { DingtalkRoomSource } from '../../../../shared/settings/schema.ts'
import type { ActionWorld, RefusedWrite } from '../../testing/ActionWorld.ts'
import { createCalendarControl } from '../../testing/calendarControl.ts'
import { numberOf, openDingtalkWorld, OPERATOR } from './openDingtalkWorld.ts'
import type { DingtalkWorld } from './openDingtalkWorld.ts'

/** An event's own room calls and changes of it; making and deleting one without a room changes no room. */
const ROOM_CALL = /\/events\/[^/]+\/meetingRooms(\/batchRemove)?$/
const EVENT = /\/events\/[^/]+$/

/** Strikes the first call of the calendar that is no read: making the event. */
const refusal = (errcode: string, reason: RefusedWrite['reason']): RefusedWrite => ({
  fault: { kind: 'errcode', errcode, route: 'primary/events', times: 1 },
  reason,
})

/** The action contract's world, with DingTalk's own at hand. */
export interface DingtalkActionWorld extends ActionWorld<DingtalkRoomSource> {
  readonly inner: DingtalkWorld
}

/** Starts a simulator with nothing booked, where the operator is the service person too. */
export function openDingtalkActionWorld(): DingtalkActionWorld {
  const inner = openDingtalkWorld()
  const calendar = createCalendarControl(inner.vendor, numberOf, 'doorplate')
  return {
    ...inner,
    inner,
    calendar,
    provider: (http) => inner.providerWith({ http }, { bookerUnionId: OPERATOR }),
    changesRoom: (method, path) =>
      (method === 'POST' && ROOM_CALL.test(path)) || (method === 'PUT' && EVENT.test(path)),
    refusals: {
      permission: refusal('Forbidden.AccessDenied.AccessTokenPermissionDenied', 'permission'),
      dailyLimit: refusal('flowLimit', 'dailyLimit'),
      quota: refusal('Forbidden.AccessDenied.ApiCountLimitForOrg', 'quota'),
      throttled: refusal('Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', 'throttled'),
    },
    // The event is made, the room is refused.
    half: {
      fault: { kind: 'errcode', errcode: 'meetingRoomNotAvailable', route: 'primary/events/', times: 1 },
      reason: 'policy',
    },
    restrict: (room, how) =>
      how === 'approval'
        ? calendar.patchRoom(room, { needsApproval: true })
        : calendar.close(room, {
            fromMs: inner.clock.now() - HOUR_MS,
            untilMs: inner.clock.now() + 12 * HOUR_MS,
          }),
    gridMinutes: 1,
    // Room 12 takes 15 minutes to 4 hours.
    tooShort: { minutes: 10, outcome: 'policy' },
    tooLong: { minutes: 5 * 60, outcome: 'policy' },
    othersOutcome: 'done',
    seriesOutcome: 'series',
  }
}
