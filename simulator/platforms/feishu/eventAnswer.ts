import type { Fields } from '../../http/fields.ts'
import type { CalendarEntry } from '../../world/calendarEntry.ts'
import { zoneOffsetMs } from '../../world/shanghaiTime.ts'
import type { World } from '../../world/World.ts'
import { botOpenId, calendarIdOf, entryUid } from './feishuIds.ts'
import { seconds } from './feishuTime.ts'
import { eventOf } from './roomRequests.ts'
import { vchatOf } from './video.ts'

const dateOf = (atMs: number): string => new Date(atMs + zoneOffsetMs).toISOString().slice(0, 10)

function timeOf(entry: CalendarEntry, atMs: number): Fields {
  return entry.isAllDay
    ? { date: dateOf(atMs), timezone: 'UTC' }
    : { timestamp: seconds(atMs), timezone: entry.timeZone }
}

/** An event of the app's calendar. The last day of an all-day event is part of it. */
export function eventAnswer(world: World, entry: CalendarEntry): Fields {
  const uid = entryUid(entry.id)
  const { visibility, freeBusyStatus, makesVideo } = eventOf(world, entry)
  return {
    event_id: `${uid}_0`,
    organizer_calendar_id: calendarIdOf(world),
    summary: entry.subject,
    description: entry.description,
    start_time: timeOf(entry, entry.startMs),
    end_time: timeOf(entry, entry.isAllDay ? entry.endMs - 1 : entry.endMs),
    vchat: makesVideo ? {} : vchatOf(uid, { isOnline: entry.isOnline, otherVideo: null }),
    visibility,
    attendee_ability: 'none',
    free_busy_status: freeBusyStatus,
    location: {},
    color: -1,
    reminders: [],
    status: entry.isCancelled ? 'cancelled' : 'confirmed',
    is_exception: false,
    create_time: seconds(entry.startMs),
    event_organizer: { user_id: botOpenId(world), display_name: world.tenant.feishu.name },
  }
}
