import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import type { Room, RoomId } from '../../../shared/domain/room.ts'
import type { Zone } from '../../../shared/domain/zonedTime.ts'
import type { FeishuRoomSource } from '../../../shared/settings/schema.ts'
import { ProviderError } from '../ProviderError.ts'
import type { Pause } from '../facts/createPause.ts'
import type { Mapped, RoomReading, RoomRef } from '../SiteProvider.ts'
import { ROOMS_PER_CALL } from './client.ts'
import type { BusyReader, BusyReading } from './createBusyReader.ts'
import type { Catalogue } from './createCatalogue.ts'
import type { ListReading, Reservations } from './createReservations.ts'
import { windowAround, windowsAlone } from './createReservations.ts'
import type { Rules } from './createRules.ts'
import type { Titles } from './createTitles.ts'
import type { Videos } from './createVideos.ts'
import { joinMeetings } from './joinMeetings.ts'
import { eventKey, learnForPeople } from './learnForPeople.ts'
import type { Source } from './learnForPeople.ts'
import { mapClosures, mapRoom } from './map.ts'
import { bookingRulesOf } from './roomRules.ts'
import type { VendorRoom } from './schema.ts'

/** What a read of rooms works with. */
export interface Readers {
  readonly busy: BusyReader
  /** On while busy times are refused for want of their scope. */
  readonly busyPause: Pause
  readonly reservations: Reservations
  readonly catalogue: Catalogue
  readonly titles: Titles
  readonly videos: Videos
  /** Null where nobody books at the door. */
  readonly rules: Rules | null
  readonly zone: Zone
  readonly appId: string
  /** Whether this process made the event. */
  readonly isOwnUid: (uid: string) => boolean
  /** The present, by the vendor's clock. */
  readonly nowMs: () => number
}

type FeishuRoom = RoomRef<FeishuRoomSource>

/** Reads bound rooms from whichever of the two sources the app may use. */
export interface RoomReader {
  read(
    rooms: readonly FeishuRoom[],
    range: TimeRange,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<RoomId, RoomReading>>
  /** Calls the next read is planned to take, without what is only nice to have. */
  cost(rooms: readonly FeishuRoom[]): number
}

/** What the sources answered, by the platform's room id. */
interface Answers {
  readonly busy: ReadonlyMap<string, BusyReading>
  /** Empty where the list was not read this time. */
  readonly list: ReadonlyMap<string, ListReading>
  readonly listHorizon: TimeRange
  /** Rooms the busy times left out, which the platform just said are there. */
  readonly proven: ReadonlySet<string>
}

const idsOf = (rooms: readonly FeishuRoom[]): readonly string[] => [
  ...new Set(rooms.map(({ source }) => source.roomId)),
]

/** See {@link RoomReader}. */
export function createRoomReader(readers: Readers): RoomReader {
  const { busy, busyPause, reservations, catalogue } = readers
  /** Rooms the last busy times left out without a word: the next ones will, too, and the list must speak for them. */
  let gaps: ReadonlySet<string> = new Set()
  let denial: ProviderError | null = null
  const isBusyDenied = (): boolean => busyPause.isOn()

  async function readBusy(
    ids: readonly string[],
    range: TimeRange,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, BusyReading>> {
    const readings = await busy.read(ids, range, signal)
    const refusals = [...readings.values()].flatMap((one) => (one.kind === 'failed' ? [one.error] : []))
    const denied = refusals.find(({ kind }) => kind === 'permission')
    if (denied) {
      denial = denied
      busyPause.begin(denied)
    } else if ([...readings.values()].some(({ kind }) => kind !== 'failed')) busyPause.end()
    return readings
  }

  /** The list in place of busy times the app may not see. */
  async function readAlone(ids: readonly string[], signal: AbortSignal): Promise<Answers> {
    const windows = windowsAlone(readers.nowMs())
    const list = await reservations.read(ids, windows, signal)
    const listHorizon = { fromMs: windows[0].fromMs, untilMs: windows[1].untilMs }
    return { busy: new Map(), list, listHorizon, proven: new Set() }
  }

  async function readBeside(
    ids: readonly string[],
    answered: ReadonlyMap<string, BusyReading>,
    signal: AbortSignal,
  ): Promise<Answers> {
    const absent = ids.filter((id) => answered.get(id)?.kind === 'absent')
    gaps = new Set(absent)
    const isAnyThere = [...answered.values()].some(({ kind }) => kind !== 'failed')
    const wanted = reservations.isDue() ? ids : absent
    const listHorizon = windowAround(readers.nowMs())
    const list =
      isAnyThere && wanted.length > 0
        ? await reservations.read(wanted, [listHorizon], signal)
        : new Map<string, ListReading>()
    reservations.note(list.size === ids.length)
    const open = absent.filter((id) => list.get(id)?.kind === 'read')
    return { busy: answered, list, listHorizon, proven: await prove(open, signal) }
  }

  async function prove(ids: readonly string[], signal: AbortSignal): Promise<ReadonlySet<string>> {
    try {
      return ids.length === 0 ? new Set() : await catalogue.prove(ids, signal)
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof ProviderError) return new Set()
      throw error
    }
  }

  async function readAnswers(
    ids: readonly string[],
    range: TimeRange,
    signal: AbortSignal,
  ): Promise<Answers> {
    if (!isBusyDenied()) {
      const answered = await readBusy(ids, range, signal)
      if (!isBusyDenied()) return readBeside(ids, answered, signal)
    }
    return readAlone(ids, signal)
  }

  return {
    async read(rooms, range, signal) {
      const ids = idsOf(rooms)
      const answers = await readAnswers(ids, range, signal)
      const sources = new Map(ids.map((id) => [id, sourceOf(id, answers, reservations, range, denial)]))
      await learnForPeople(readers, sources, signal)
      return new Map(
        rooms.map((room) => [room.id, readingOf(readers, room, sources.get(room.source.roomId), range)]),
      )
    },
    cost(rooms) {
      const ids = idsOf(rooms)
      if (isBusyDenied()) return reservations.cost(ids, 2)
      const open = ids.filter((id) => gaps.has(id))
      const list = reservations.isDue() ? ids : open
      return busy.cost(ids) + reservations.cost(list, 1) + Math.ceil(open.length / ROOMS_PER_CALL)
    },
  }
}

function sourceOf(
  id: string,
  { busy, list, listHorizon, proven }: Answers,
  reservations: Reservations,
  range: TimeRange,
  denial: ProviderError | null,
): Source {
  const told = busy.get(id)
  const listed = list.get(id)
  if (told?.kind === 'failed') return told
  if (told?.kind === 'read') {
    const items = told.items.filter((item) => item.endMs > range.fromMs)
    return { kind: 'read', items, rows: reservations.rowsBeside(id, told.items), horizon: told.horizon }
  }
  if (listed?.kind === 'read' && (told === undefined || proven.has(id)))
    return { kind: 'read', items: [], rows: listed.rows, horizon: listHorizon }
  if (told?.kind === 'absent') {
    const message = 'meeting_room/freebusy/batch_get: the answer leaves the room out'
    return { kind: 'failed', error: new ProviderError('notFound', message) }
  }
  // Both refused for want of permission: busy times are the one to ask for.
  const error = listed?.kind === 'failed' && listed.error.kind !== 'permission' ? listed.error : null
  return { kind: 'failed', error: error ?? denial ?? missing() }
}

const missing = (): ProviderError => new ProviderError('badResponse', 'feishu: a room was not asked for')

function readingOf(
  readers: Readers,
  room: FeishuRoom,
  source: Source | undefined,
  range: TimeRange,
): RoomReading {
  if (source?.kind !== 'read') return source ?? { kind: 'failed', error: missing() }
  const { horizon } = source
  const { meetings, unknownStates } = mapped(readers, source)
  const described = readers.catalogue.room(room.source.roomId)
  return {
    kind: 'read',
    meetings: meetings.filter(({ startMs, endMs }) => endMs > range.fromMs && startMs < horizon.untilMs),
    unknownStates,
    closures: described ? mapClosures(described, horizon, readers.nowMs()) : [],
    horizon,
    evidence: { kind: 'complete' },
    room: described ? roomOf(readers, room, described) : null,
  }
}

function roomOf(
  { catalogue, rules, nowMs, zone }: Readers,
  { id, source }: FeishuRoom,
  told: VendorRoom,
): Room {
  const room = mapRoom(told, id, (levelId) => catalogue.level(levelId))
  const known = rules?.of(source.roomId)
  if (!known) return room
  const bookingRules = bookingRulesOf(known, nowMs(), zone)
  return { ...room, needsApproval: bookingRules.refusal === 'approval', bookingRules }
}

function mapped(readers: Readers, { items, rows }: Extract<Source, { kind: 'read' }>): Mapped {
  const { zone, appId, isOwnUid, titles, videos, nowMs } = readers
  return joinMeetings(items, rows, {
    zone,
    nowMs: nowMs(),
    appId,
    isOwnUid,
    knowledgeOf(item) {
      const summary = titles.get(eventKey(item))
      const video = summary ? videos.of(item.uid, item.startMs, summary.video) : null
      return { title: summary?.title ?? null, video }
    },
  })
}
