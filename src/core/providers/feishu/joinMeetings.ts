import type { Meeting, MeetingState, VideoMeeting } from '../../../shared/domain/meeting.ts'
import type { Zone } from '../../../shared/domain/zonedTime.ts'
import type { Mapped } from '../SiteProvider.ts'
import { isAllDay } from '../wholeDays.ts'
import { eventIdOf, meetingIdOf } from './map.ts'
import { isReleaseText, readCheckInStatus, readReservationStatus, textOrNull } from './reservationTexts.ts'
import type { BusyItem, Reservation } from './schema.ts'
import { fromListTime } from './vendorTime.ts'
import type { Times } from './vendorTime.ts'

/** What else is known of an event: its title and its video meeting. */
export interface EventKnowledge {
  readonly title: string | null
  readonly video: VideoMeeting | null
}

/** What meetings are made with. */
export interface MapContext {
  readonly zone: Zone
  /** The present, by the vendor's clock. */
  readonly nowMs: number
  readonly appId: string
  /** Whether the door itself made the event, which the list may tell later. */
  readonly isOwnUid?: (uid: string) => boolean
  readonly knowledgeOf: (item: BusyItem) => EventKnowledge
}

/** A reservation of the list, told apart from others of the room. */
export interface Row extends Reservation {
  readonly key: string
}

const timeOf = ({ startMs, endMs }: Times): string => `${startMs}-${endMs}`

const ENDED: ReadonlySet<MeetingState> = new Set(['released', 'rejected', 'cancelled'])

const stateOf = (row: Reservation): MeetingState => readReservationStatus(row.reservation_status).value
const isEnded = (row: Reservation): boolean => ENDED.has(stateOf(row))
const isOfApp = (row: Reservation, appId: string): boolean =>
  row.reserver_user_id?.includes(`${appId}(BotID)`) ?? false

/** A meeting without organiser is private: that is the only mark the platform gives. */
export const isPrivate = ({ organizer_info: organizer }: BusyItem): boolean =>
  textOrNull(organizer?.open_id) === null && textOrNull(organizer?.name) === null

/** Rows with keys of their own; two of one room and time are numbered. */
export function keyRows(reservations: readonly Reservation[]): readonly Row[] {
  const counts = new Map<string, number>()
  const distinct = new Map(reservations.map((row) => [JSON.stringify(row), row]))
  return [...distinct.values()].map((row) => {
    const time = `${row.startMs / 1000}-${row.endMs / 1000}`
    const place = `${row.room_id}@${time}`
    const index = counts.get(place) ?? 0
    counts.set(place, index + 1)
    return { ...row, key: index === 0 ? time : `${time}#${index}` }
  })
}

/**
 * Finds each busy time's row by start and end. Of several rows of one time the organiser's is taken, else the only one
 * that still counts; where that leaves a doubt, none is. Of several busy times one may be private: without an organiser in
 * common a row is nobody's then.
 */
function pairRows(items: readonly BusyItem[], rows: readonly Row[]): ReadonlyMap<BusyItem, readonly Row[]> {
  const isSameTime = (one: Times, other: Times): boolean => timeOf(one) === timeOf(other)
  return new Map(
    items.map((item) => {
      const candidates = rows.filter((row) => isSameTime(item, row))
      const openId = item.organizer_info?.open_id
      const own = openId ? candidates.filter((row) => row.reserver_user_id?.includes(openId)) : []
      const isAlone = items.every((other) => other === item || !isSameTime(other, item))
      const live = (own.length > 0 ? own : isAlone ? candidates : []).filter((row) => !isEnded(row))
      if (live.length === 1) return [item, live]
      return [item, live.length === 0 ? candidates.filter(isEnded).slice(0, 1) : []]
    }),
  )
}

/** Times of which there are no more rows than busy times: all of those rows are somebody's, whoever's they are. */
function covered(items: readonly BusyItem[], rows: readonly Row[]): ReadonlySet<Row> {
  const left = new Map<string, number>()
  for (const item of items) {
    const time = timeOf(item)
    left.set(time, (left.get(time) ?? 0) + 1)
  }
  const found = new Set<Row>()
  for (const row of rows.filter((one) => !isEnded(one))) {
    const time = timeOf(row)
    const count = left.get(time) ?? 0
    if (count === 0) continue
    left.set(time, count - 1)
    found.add(row)
  }
  return found
}

/** The rows that found a busy time. */
export function partnered(items: readonly BusyItem[], rows: readonly Row[]): readonly string[] {
  const paired = [...pairRows(items, rows).values()].flat()
  return [...new Set([...paired, ...covered(items, rows)])].map((row) => row.key)
}

/**
 * One room's meetings from both sources. Busy times decide that the room is taken: a row that says released or cancelled
 * waits until they agree. A row without busy time still takes the room, without title and name: nothing says that it is
 * not private.
 * @param rows those the list tells of this room; none where it was not read
 */
export function joinMeetings(items: readonly BusyItem[], rows: readonly Row[], context: MapContext): Mapped {
  const pairs = pairRows(items, rows)
  const uids = new Map<string, Set<number>>()
  for (const { uid, startMs } of items) uids.set(uid, (uids.get(uid) ?? new Set()).add(startMs))
  const isSeries = ({ uid, original_time: moved }: BusyItem): boolean =>
    (uids.get(uid)?.size ?? 0) > 1 || (moved ?? 0) !== 0
  const busy = items.map((item) => busyMeeting(item, pairs.get(item)?.[0], isSeries(item), context))
  const taken = new Set<Row>([...[...pairs.values()].flat(), ...covered(items, rows)])
  const alone = rows.filter((row) => !taken.has(row)).map((row) => rowMeeting(row, context))
  const unknownStates = new Set(rows.flatMap(unknownTexts))
  return {
    meetings: [...busy, ...alone].sort((a, b) => a.startMs - b.startMs),
    unknownStates: [...unknownStates],
  }
}

const unknownTexts = (row: Row): readonly string[] =>
  [readReservationStatus(row.reservation_status), readCheckInStatus(row.room_check_in_status)].flatMap(
    ({ unknown }) => unknown ?? [],
  )

function busyMeeting(
  item: BusyItem,
  row: Row | undefined,
  isRecurring: boolean,
  { zone, nowMs, appId, isOwnUid, knowledgeOf }: MapContext,
): Meeting {
  const { startMs, endMs } = item
  const isOwn = (row !== undefined && isOfApp(row, appId)) || isOwnUid?.(item.uid) === true
  const isMasked = isPrivate(item)
  const known: EventKnowledge = isMasked ? { title: null, video: null } : knowledgeOf(item)
  const organizer = textOrNull(item.organizer_info?.name) ?? textOrNull(row?.reserver)
  return {
    id: meetingIdOf(eventIdOf(item), startMs),
    startMs,
    endMs,
    title: isMasked ? null : (textOrNull(row?.event_title) ?? known.title),
    organizer: isMasked ? null : organizer,
    organizerId: textOrNull(item.organizer_info?.open_id),
    department: isMasked ? null : textOrNull(row?.department_of_reserver),
    state: row && !isEnded(row) ? stateOf(row) : 'confirmed',
    isAllDay: isAllDay(startMs, endMs, zone),
    isRecurring,
    isPrivate: isMasked,
    isOwn,
    platformCheckIn: row ? readCheckInStatus(row.room_check_in_status).value : 'none',
    releasedAtMs: row && !isEnded(row) ? releaseAhead(row, nowMs) : null,
    video: known.video,
  }
}

/** A release that is still to come frees the room when its time has come; one that is past waits for the busy times. */
function releaseAhead(row: Row, nowMs: number): number | null {
  const atMs = releaseOf(row)
  return atMs !== null && atMs > nowMs ? atMs : null
}

const releaseOf = (row: Row): number | null =>
  isReleaseText(row.is_release_early) ? fromListTime(row.releasing_time ?? '') : null

function rowMeeting(row: Row, { zone, appId }: MapContext): Meeting {
  const { startMs, endMs } = row
  const state = stateOf(row)
  return {
    id: `row@${row.key}`,
    startMs,
    endMs,
    title: null,
    organizer: null,
    department: null,
    state,
    isAllDay: isAllDay(startMs, endMs, zone),
    isRecurring: false,
    // A row nobody stands in is like a busy time without organiser.
    isPrivate: textOrNull(row.reserver) === null,
    isOwn: isOfApp(row, appId),
    platformCheckIn: readCheckInStatus(row.room_check_in_status).value,
    releasedAtMs: state === 'released' ? fromListTime(row.releasing_time ?? '') : releaseOf(row),
    video: null,
  }
}
