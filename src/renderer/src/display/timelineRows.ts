import { isPending } from '../../../shared/domain/meeting.ts'
import type { Meeting } from '../../../shared/domain/meeting.ts'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import type { Closure } from '../../../shared/domain/room.ts'
import { timeline } from '../../../shared/domain/timeline.ts'
import type { Translate } from '../i18n/createDisplayI18n.ts'
import type { TimeFormat } from '../time/createTimeFormat.ts'
import { meetingLabel } from './meetingLabel.ts'

/** One box on the day's track. Positions are shares of the day, 0 to 1. */
export interface TimelineRow {
  readonly id: string
  readonly kind: 'meeting' | 'pending' | 'closure'
  readonly when: 'past' | 'now' | 'later'
  readonly top: number
  readonly height: number
  /** Column among what it overlaps, and how many columns that takes. */
  readonly lane: number
  readonly lanes: number
  readonly title: string
  readonly time: string
  readonly organizer: string | null
}

/** What the rows are made of. */
export interface TimelineContext {
  readonly day: TimeRange
  readonly nowMs: number
  readonly t: Translate
  readonly format: TimeFormat
}

function whenIs({ fromMs, untilMs }: TimeRange, nowMs: number): TimelineRow['when'] {
  if (untilMs <= nowMs) return 'past'
  return fromMs <= nowMs ? 'now' : 'later'
}

function share({ fromMs, untilMs }: TimeRange, day: TimeRange): { top: number; height: number } {
  const lengthMs = day.untilMs - day.fromMs
  return { top: (fromMs - day.fromMs) / lengthMs, height: (untilMs - fromMs) / lengthMs }
}

/** The day's meetings, side by side where they overlap, and the times in which the room is closed. */
export function timelineRows(
  meetings: readonly Meeting[],
  closures: readonly Closure[],
  { day, nowMs, t, format }: TimelineContext,
): readonly TimelineRow[] {
  const closed = closures.flatMap((closure): TimelineRow[] => {
    const cut = {
      fromMs: Math.max(closure.fromMs, day.fromMs),
      untilMs: Math.min(closure.untilMs, day.untilMs),
    }
    if (!(cut.untilMs > cut.fromMs)) return []
    return [
      {
        id: `closure-${closure.fromMs}`,
        kind: 'closure',
        when: whenIs(cut, nowMs),
        ...share(cut, day),
        lane: 0,
        lanes: 1,
        title: closure.reason?.trim() ? closure.reason : t('day.closed'),
        time: format.range(cut.fromMs, cut.untilMs),
        organizer: null,
      },
    ]
  })
  const booked = timeline(
    meetings.filter((meeting) => !meeting.isAllDay),
    day,
  ).map(({ meeting, fromMs, untilMs, lane, lanes }): TimelineRow => {
    const { title, organizer } = meetingLabel(meeting, t)
    return {
      id: meeting.id,
      kind: isPending(meeting) ? 'pending' : 'meeting',
      when: whenIs({ fromMs, untilMs }, nowMs),
      ...share({ fromMs, untilMs }, day),
      lane,
      lanes,
      title,
      time: format.range(meeting.startMs, meeting.endMs),
      organizer,
    }
  })
  return [...closed, ...booked]
}

/** The day's all-day bookings by name: they stand above the hours, as on every calendar, and leave the columns to the rest. */
export function allDayTitles(
  meetings: readonly Meeting[],
  { day, t }: Pick<TimelineContext, 'day' | 't'>,
): readonly { readonly id: string; readonly title: string }[] {
  return timeline(
    meetings.filter((meeting) => meeting.isAllDay),
    day,
  ).map(({ meeting }) => ({ id: meeting.id, title: meetingLabel(meeting, t).title }))
}

/** The full hours of a day as shares of it; a day may have 23 or 25 of them. */
export function hourMarks(
  day: TimeRange,
  format: TimeFormat,
): readonly { readonly atMs: number; readonly top: number; readonly label: string }[] {
  const hourMs = 3_600_000
  const lengthMs = day.untilMs - day.fromMs
  return Array.from({ length: Math.floor(lengthMs / hourMs) + 1 }, (_none, index) => {
    const atMs = day.fromMs + index * hourMs
    return { atMs, top: (atMs - day.fromMs) / lengthMs, label: format.hour(atMs) }
  })
}
