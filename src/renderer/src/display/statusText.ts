import { mayLapse } from '../../../shared/domain/mayLapse.ts'
import { assertNever } from '../../../shared/domain/assertNever.ts'
import { occupiedRange } from '../../../shared/domain/meeting.ts'
import type { Meeting } from '../../../shared/domain/meeting.ts'
import type { RoomSnapshot } from '../../../shared/domain/roomSnapshot.ts'
import type { RoomStatus } from '../../../shared/domain/roomStatus.ts'
import type { StatusRules } from '../../../shared/domain/statusRules.ts'
import type { Translate } from '../i18n/createDisplayI18n.ts'
import type { TimeFormat } from '../time/createTimeFormat.ts'
import { countdown, timeLeft, timePassed } from './durationText.ts'
import { meetingLabel } from './meetingLabel.ts'
import type { UnknownCause } from './unknownCause.ts'

/** The words under the status word, in falling size; null where the state has nothing to say at that place. */
export interface StatusText {
  /** Until when, or what is wrong. */
  readonly lead: string | null
  /** The meeting's title, or the reason; somebody's own words. */
  readonly title: string | null
  /** The meeting's time. */
  readonly time: string | null
  readonly organizer: string | null
  /** What is being done about it. */
  readonly remedy: string | null
  /** One quiet line. */
  readonly note: string | null
  /** How much of the meeting is over, 0 to 1; null where there is no bar. */
  readonly progress: number | null
}

/** What the sentences are made of. */
export interface StatusContext {
  readonly t: Translate
  readonly format: TimeFormat
  readonly nowMs: number
  readonly rules: StatusRules
  /** Null while nothing was ever received. */
  readonly snapshot: RoomSnapshot | null
  /** The platform's name in the reader's language. */
  readonly platform: string
  readonly cause: UnknownCause
}

const silent: StatusText = {
  lead: null,
  title: null,
  time: null,
  organizer: null,
  remedy: null,
  note: null,
  progress: null,
}

function meetingText(meeting: Meeting, { t, format }: StatusContext): Partial<StatusText> {
  const { title, organizer } = meetingLabel(meeting, t)
  const range = occupiedRange(meeting) ?? { fromMs: meeting.startMs, untilMs: meeting.endMs }
  return {
    title,
    time: meeting.isAllDay ? t('meeting.allDay') : format.range(range.fromMs, range.untilMs),
    organizer: organizer === null ? null : t('meeting.organizer', { name: organizer }),
    note: meeting.video?.isRunning === true ? t('meeting.video') : null,
  }
}

function freeText(status: RoomStatus & { kind: 'free' }, context: StatusContext): StatusText {
  const { t, format, nowMs, snapshot } = context
  const isOwnOnly = snapshot?.evidence.kind === 'occupancy'
  const endOfDayMs = format.zone.startOfNextDay(nowMs)
  const { untilMs } = status
  const note = isOwnOnly ? t('free.ownBookingsOnly') : null
  if (untilMs !== null && untilMs < endOfDayMs) {
    const duration = timeLeft(untilMs - nowMs, t)
    return { ...silent, note, lead: t('free.until', { time: format.time(untilMs), duration }) }
  }
  // "The rest of the day" is a promise: it needs a reading that covers it and sees every booking.
  const isDayKnown = !isOwnOnly && (snapshot?.horizon?.untilMs ?? 0) >= endOfDayMs
  return { ...silent, note, lead: isDayKnown ? t('free.restOfDay') : null }
}

function checkInText(status: RoomStatus & { kind: 'checkIn' }, context: StatusContext): StatusText {
  const { t, format, nowMs, rules, snapshot } = context
  const { meeting, closesAtMs } = status
  const text = { ...silent, ...meetingText(meeting, context) }
  if (snapshot && mayLapse(meeting, snapshot, rules)) {
    return { ...text, lead: t('checkIn.releasesIn', { countdown: countdown(closesAtMs - nowMs, t) }) }
  }
  const lead =
    meeting.startMs > nowMs
      ? t('checkIn.startsAt', { time: format.time(meeting.startMs) })
      : t('checkIn.closesAt', { time: format.time(closesAtMs) })
  return { ...text, lead }
}

function busyText(status: RoomStatus & { kind: 'busy' }, context: StatusContext): StatusText {
  const { t, format, nowMs } = context
  const { meeting, untilMs, freeAtMs, nextCheckIn } = status
  if (meeting === null || untilMs === null) return { ...silent, note: t('busy.device') }
  const text = { ...silent, ...meetingText(meeting, context) }
  const isFollowed = freeAtMs !== null && freeAtMs > untilMs
  const followed = isFollowed ? t('busy.followed', { time: format.timeOrDate(freeAtMs, nowMs) }) : null
  const time = format.timeOrDate(untilMs, nowMs)
  const isToMidnight = untilMs === format.zone.startOfNextDay(nowMs)
  return {
    ...text,
    lead: isToMidnight
      ? t('busy.restOfDay')
      : t('busy.until', { time, duration: timeLeft(untilMs - nowMs, t) }),
    // Its code stands beside these words and says so.
    note: nextCheckIn
      ? t('busy.nextCheckIn', { time: format.time(nextCheckIn.startMs) })
      : (followed ?? (typeof meeting.video?.url === 'string' ? null : text.note)),
    progress: Math.min(1, Math.max(0, (nowMs - meeting.startMs) / (untilMs - meeting.startMs))),
  }
}

function unknownText({ t, format, nowMs, snapshot, platform, cause }: StatusContext): StatusText {
  const fetchedAtMs = snapshot?.fetchedAtMs ?? null
  const age =
    fetchedAtMs === null
      ? t('unknown.neverRead')
      : t('unknown.age', {
          time: format.timeOrDate(fetchedAtMs, nowMs),
          duration: timePassed(Math.max(0, nowMs - fetchedAtMs), t),
        })
  const health = snapshot?.health
  const resumesAtMs = cause === 'quota' && health && 'reason' in health ? health.resumesAtMs : undefined
  const remedy =
    resumesAtMs === undefined
      ? t(`remedy.${cause}`)
      : t('unknown.resumes', { time: format.timeOrDate(resumesAtMs, nowMs) })
  return { ...silent, lead: t(`cause.${cause}`, { platform }), remedy, note: age }
}

/** What stands under the status word, for every state. Pure; changes at most once a minute except for a countdown. */
export function statusText(status: RoomStatus, context: StatusContext): StatusText {
  const { t, format, nowMs } = context
  switch (status.kind) {
    case 'free':
      return freeText(status, context)
    case 'soon': {
      const duration = timeLeft(status.atMs - nowMs, t)
      const lead = t('soon.startsIn', { time: format.time(status.atMs), duration })
      return { ...silent, ...meetingText(status.next, context), lead }
    }
    case 'checkIn':
      return checkInText(status, context)
    case 'busy':
      return busyText(status, context)
    case 'pending': {
      const { organizer } = meetingLabel(status.meeting, t)
      return {
        ...silent,
        ...meetingText(status.meeting, context),
        lead: t('pending.until', { time: format.timeOrDate(status.untilMs, nowMs) }),
        organizer: organizer === null ? null : t('pending.applicant', { name: organizer }),
      }
    }
    case 'outOfService':
      return {
        ...silent,
        lead: t('outOfService.until', { time: format.timeOrDate(status.untilMs, nowMs) }),
        title: status.reason?.trim() ? status.reason : t('outOfService.noReason'),
      }
    case 'unknown':
      return unknownText(context)
    case 'unconfigured':
      return { ...silent, lead: t('unconfigured.lead'), note: t('unconfigured.how') }
    default:
      return assertNever(status)
  }
}
