import type { FaultBook } from '../faults/faultBook.ts'
import type { CallLog } from '../http/callLog.ts'
import { dingtalkView } from '../platforms/dingtalk/dingtalkView.ts'
import { feishuView } from '../platforms/feishu/feishuView.ts'
import { unitStatusAt } from '../world/roomsUnit.ts'
import type { World } from '../world/World.ts'
import { bookingView } from './bookingControl.ts'
import { meetingView } from './meetingControl.ts'

/** What the control API works on. */
export interface Controlled {
  readonly world: World
  readonly faults: FaultBook
  readonly calls: CallLog
}

/** Everything a test needs to see the calendar's truth; neither tokens nor secrets. */
export function stateView({ world, faults, calls }: Controlled) {
  const nowMs = world.clock.now()
  const { app, quirks, callerIp, allowedIps } = world.tenant
  return {
    now: nowMs,
    clock: { skewMs: world.clock.skewMs, advancedMs: world.clock.advancedMs },
    rooms: [...world.rooms.values()],
    people: [...world.people.values()],
    bookings: world.bookings.all().map((booking) => bookingView(world, booking)),
    closures: [...world.closures.values()],
    schedules: [...world.entries.values()],
    meetings: [...world.meetings.values()].map((meeting) => meetingView(world, meeting)),
    devices: [...world.units.values()].map((unit) => ({
      ...unit,
      statusNow: unitStatusAt(unit, world.meetings.values(), nowMs),
    })),
    app: {
      isEnabled: app.isEnabled,
      grants: [...app.grants],
      hasAdvancedMeetings: app.hasAdvancedMeetings,
      isMeetingAppOn: app.isMeetingAppOn,
    },
    dingtalk: dingtalkView(world),
    feishu: feishuView(world),
    quirks,
    callerIp,
    allowedIps,
    limits: world.limits.limits,
    faults: faults.all(),
    calls: calls.counts(),
    callsTotal: calls.total(),
  }
}
