import type { BookingDraft } from '../bookingBook.ts'
import {
  ceilToGrid,
  dayMs,
  floorToGrid,
  hourMs,
  localMidnight,
  localWeekday,
  minuteMs,
  nextLocalMidnight,
} from '../shanghaiTime.ts'
import type { World } from '../World.ts'
import { dayPlans, type PlannedMeeting, tomorrowPlan } from './dayPlans.ts'
import { seedMeetings } from './seedMeetings.ts'

const gridMs = 30 * minuteMs

/** Every third booking made by a person has no calendar entry, as live tenants report. */
const scheduleIdOf = (meeting: PlannedMeeting, index: number): Pick<BookingDraft, 'scheduleId'> =>
  meeting.isOwn !== true && index % 3 === 2 ? { scheduleId: '' } : {}

function draftOf(
  world: World,
  roomId: number,
  meeting: PlannedMeeting,
  span: { startMs: number; endMs: number },
): BookingDraft {
  return {
    roomId,
    subject: meeting.subject,
    bookerId: meeting.by,
    attendeeIds: meeting.with ?? [],
    ...span,
    status: meeting.status ?? 'booked',
    isAllDay: meeting.kind === 'allDay',
    isOnline: meeting.isOnline ?? false,
    isPrivate: meeting.isPrivate ?? false,
    ownerAppId: meeting.isOwn === true ? world.tenant.app.id : null,
  }
}

/** Where a planned meeting falls, or null when it does not fit whole into today. */
function spanToday(meeting: PlannedMeeting, nowMs: number): { startMs: number; endMs: number } | null {
  const today = localMidnight(nowMs)
  if (meeting.kind === 'allDay') return { startMs: today, endMs: nextLocalMidnight(nowMs) }
  const anchorMs =
    meeting.kind === 'afterFreeSpell' ? ceilToGrid(nowMs + 75 * minuteMs, gridMs) : floorToGrid(nowMs, gridMs)
  const startMs = anchorMs + meeting.fromMin * minuteMs
  const endMs = startMs + meeting.lengthMin * minuteMs
  return startMs >= today && endMs <= nextLocalMidnight(nowMs) ? { startMs, endMs } : null
}

/** The days before and after on which a repeating meeting of the seed also takes place. */
function addSeries(world: World, draft: BookingDraft): void {
  const masterId = world.ids.next('rb', 12, 'A')
  const first = world.bookings.add({ ...draft, masterId })
  const entry = world.entries.get(first.scheduleId)
  const repeat = { kind: 'week' as const, untilMs: draft.startMs + 15 * dayMs }
  if (entry !== undefined) world.entries.set(entry.id, { ...entry, repeat })
  for (const days of [-14, -7, 7, 14])
    world.bookings.add({
      ...draft,
      masterId,
      scheduleId: first.scheduleId,
      startMs: draft.startMs + days * dayMs,
      endMs: draft.endMs + days * dayMs,
    })
}

/** A plain office day for the first working day ahead, so that a look past midnight finds something. */
function seedTomorrow(world: World, todayMs: number): void {
  let dayStartMs = todayMs + dayMs
  while (localWeekday(dayStartMs) % 6 === 0) dayStartMs += dayMs
  for (const { roomId, hour, lengthMin, ...meeting } of tomorrowPlan) {
    const startMs = dayStartMs + hour * hourMs
    world.bookings.add({ ...meeting, roomId, startMs, endMs: startMs + lengthMin * minuteMs })
  }
}

/**
 * A believable working day around the world's present: it moves with the hour the simulator is started at, and
 * what would not fit into today (Asia/Shanghai) is left out. Room 12 is free for at least 75 minutes from now.
 */
export function seedDay(world: World): void {
  const nowMs = world.clock.now()
  let index = 0
  for (const [roomId, plan] of dayPlans)
    for (const meeting of plan) {
      const span = spanToday(meeting, nowMs)
      if (span === null) continue
      const draft = draftOf(world, roomId, meeting, span)
      if (meeting.isRepeating === true) addSeries(world, draft)
      else world.bookings.add({ ...draft, ...scheduleIdOf(meeting, index) })
      index += 1
    }
  seedTomorrow(world, localMidnight(nowMs))
  seedMeetings(world, nowMs)
}
