import { FieldError, type Fields, readTexts } from '../../http/fields.ts'
import type { CalendarEntry, RepeatKind } from '../../world/calendarEntry.ts'
import { dayMs } from '../../world/shanghaiTime.ts'
import { seconds } from './bookingAnswer.ts'
import { findOwnEntry } from './findEntry.ts'
import type { WecomCall, WecomRoute } from './WecomRoute.ts'

const repeatTypes: Readonly<Record<RepeatKind, number>> = { day: 0, week: 1, month: 2, year: 5, workday: 7 }

function remindersOf({ repeat, excludedDaysMs, startMs, endMs }: CalendarEntry): Fields {
  const base = { is_remind: 1, remind_time_diffs: [-900], is_repeat: repeat === null ? 0 : 1, timezone: 8 }
  if (repeat === null) return base
  const timeOfDayMs = (startMs + 8 * 3_600_000) % dayMs
  const excluded = excludedDaysMs.map((day) => ({
    start_time: seconds(day + timeOfDayMs),
    end_time: seconds(day + timeOfDayMs + endMs - startMs),
  }))
  return {
    ...base,
    repeat_type: repeatTypes[repeat.kind],
    repeat_until: seconds(repeat.untilMs),
    repeat_interval: 1,
    is_custom_repeat: 0,
    exclude_time_list: excluded,
  }
}

const entryAnswer = (entry: CalendarEntry): Fields => ({
  schedule_id: entry.id,
  admins: [entry.organiserId],
  attendees: entry.attendeeIds.map((userid) => ({ userid, response_status: 0 })),
  summary: entry.subject,
  description: entry.description,
  location: entry.location,
  start_time: seconds(entry.startMs),
  end_time: seconds(entry.endMs),
  status: entry.isCancelled ? 1 : 0,
  is_whole_day: entry.isAllDay ? 1 : 0,
  cal_id: 'wcSimulatorCalendar0000000000000000',
  reminders: remindersOf(entry),
})

/**
 * D:97724 schedule/get: entries the app made itself, cancelled ones included. One foreign id fails the whole call
 * with an empty list (UNVERIFIED for a mixed list).
 */
function get({ world, body }: WecomCall): Fields {
  const ids = readTexts(body, 'schedule_id_list')
  if (ids.length === 0 || ids.length > 1000) throw new FieldError('schedule_id_list', 'of 1 to 1000 ids')
  return { schedule_list: ids.map((id) => entryAnswer(findOwnEntry(world, id))) }
}

export const scheduleRoute: WecomRoute = {
  method: 'POST',
  path: '/cgi-bin/oa/schedule/get',
  grant: 'schedule',
  handle: get,
}
