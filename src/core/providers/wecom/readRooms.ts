import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import type { RoomId } from '../../../shared/domain/room.ts'
import type { Evidence } from '../../../shared/domain/roomSnapshot.ts'
import type { Zone } from '../../../shared/domain/zonedTime.ts'
import type { WecomRoomSource } from '../../../shared/settings/schema.ts'
import type { RoomReading, RoomRef } from '../SiteProvider.ts'
import type { UnitKey } from './requests.ts'
import type { Catalogue } from './createCatalogue.ts'
import type { HardwareReader, HardwareReading, Occupancy } from './createHardwareReader.ts'
import { unitKeyOf, unitKeyText } from './createHardwareReader.ts'
import type { OfficeReader, OfficeReading } from './createOfficeReader.ts'
import type { Names } from './createNames.ts'
import type { DaysToRead } from './days.ts'
import {
  bookersByInterest,
  joinHardware,
  mapBookings,
  mapOfficeRoom,
  mapOnlineMeetings,
  mapUnit,
} from './map.ts'
import type { OfficeRoom, RoomsUnit } from './schema.ts'

/** What a read of rooms works with. */
export interface Readers {
  readonly office: OfficeReader
  readonly hardware: HardwareReader
  readonly names: Names
  readonly officeRooms: Catalogue<number, OfficeRoom>
  readonly units: Catalogue<string, RoomsUnit>
  readonly zone: Zone
  /** In whose name the door books. */
  readonly bookerUserId?: string | undefined
}

type WecomRoom = RoomRef<WecomRoomSource>

interface Answers {
  readonly office: ReadonlyMap<number, OfficeReading>
  readonly hardware: ReadonlyMap<string, HardwareReading>
  readonly occupancy: ReadonlyMap<string, Occupancy>
}

/** The hardware a read must ask for, and the part of it whose device must speak: see the ruling on free rooms. */
export function hardwareOf(rooms: readonly WecomRoom[]): {
  readonly all: readonly UnitKey[]
  readonly unproven: readonly UnitKey[]
} {
  const keyed = rooms.flatMap(({ source }) => {
    const key = unitKeyOf(source)
    return key ? [{ key, isProven: source.officeRoomId !== undefined || source.isSoleBooker }] : []
  })
  return {
    all: keyed.map(({ key }) => key),
    unproven: keyed.flatMap(({ key, isProven }) => (isProven ? [] : [key])),
  }
}

/** The office rooms a read must ask for. */
export const officeIdsOf = (rooms: readonly WecomRoom[]): readonly number[] =>
  rooms.flatMap(({ source }) => (source.officeRoomId === undefined ? [] : [source.officeRoomId]))

/** Reads both worlds side by side and puts every room's parts together. Throws only the signal's reason. */
export async function readRooms(
  readers: Readers,
  rooms: readonly WecomRoom[],
  days: DaysToRead,
  nowMs: number,
  signal: AbortSignal,
): Promise<ReadonlyMap<RoomId, RoomReading>> {
  const { office, names } = readers
  const [officeAnswers, hardwareAnswers] = await Promise.all([
    office.read(officeIdsOf(rooms), days, signal),
    readHardware(readers, rooms, wholeRange(days), signal),
  ])
  const bookings = [...officeAnswers.values()].flatMap((one) => (one.kind === 'read' ? one.bookings : []))
  await names.learn(bookersByInterest(bookings, nowMs), signal)
  const answers: Answers = { office: officeAnswers, ...hardwareAnswers }
  return new Map(rooms.map((room) => [room.id, readingOf(readers, room, answers, wholeRange(days))]))
}

async function readHardware(
  { hardware, units }: Readers,
  rooms: readonly WecomRoom[],
  range: TimeRange,
  signal: AbortSignal,
): Promise<Pick<Answers, 'hardware' | 'occupancy'>> {
  const { all, unproven } = hardwareOf(rooms)
  if (all.length === 0) return { hardware: new Map(), occupancy: new Map() }
  // The device is asked after its meetings: its word is the younger of the two.
  const meetings = await hardware.readMeetings(all, range, signal)
  const isAnyRead = [...meetings.values()].some((one) => one.kind === 'read')
  const occupancy = isAnyRead ? await hardware.readOccupancy(unproven, signal) : new Map<string, Occupancy>()
  const isDescribedByUnit = rooms.some(
    ({ source }) => source.officeRoomId === undefined && source.meetingRoomId !== undefined,
  )
  if (isAnyRead && isDescribedByUnit) await units.learn(signal)
  return { hardware: meetings, occupancy }
}

const wholeRange = ({ needed, welcome }: DaysToRead): TimeRange => ({
  fromMs: needed[0]?.fromMs ?? 0,
  untilMs: (welcome.at(-1) ?? needed.at(-1))?.untilMs ?? 0,
})

function readingOf(readers: Readers, room: WecomRoom, answers: Answers, asked: TimeRange): RoomReading {
  const { source } = room
  const key = unitKeyOf(source)
  const online = key ? answers.hardware.get(unitKeyText(key)) : undefined
  if (source.officeRoomId !== undefined) {
    const office = answers.office.get(source.officeRoomId)
    if (office) return officeReading(readers, room, office, online)
  }
  if (!key || !online) throw new Error(`room ${room.id} was not asked for`)
  if (online.kind === 'failed') return online
  const { meetings, unknownStates } = mapOnlineMeetings(online.meetings, readers.zone)
  const unit = source.meetingRoomId === undefined ? undefined : readers.units.get(source.meetingRoomId)
  return {
    kind: 'read',
    meetings,
    unknownStates,
    closures: [],
    horizon: asked,
    evidence: hardwareEvidence(source, answers.occupancy.get(unitKeyText(key))),
    room: unit ? mapUnit(unit, room.id) : null,
  }
}

/** The source shows only this app's meetings: free must be declared by the admin, or said by the device. */
function hardwareEvidence({ isSoleBooker }: WecomRoomSource, state: Occupancy = 'unknown'): Evidence {
  return isSoleBooker ? { kind: 'complete' } : { kind: 'occupancy', state }
}

/** The office room is complete, so it decides; hardware that failed only takes titles away. */
function officeReading(
  { zone, names, officeRooms, bookerUserId }: Readers,
  room: WecomRoom,
  office: OfficeReading,
  online: HardwareReading | undefined,
): RoomReading {
  if (office.kind === 'failed') return office
  const booked = mapBookings(office.bookings, zone, (userId) => names.get(userId), bookerUserId)
  const inside =
    online?.kind === 'read' ? mapOnlineMeetings(online.meetings, zone) : { meetings: [], unknownStates: [] }
  const described =
    room.source.officeRoomId === undefined ? undefined : officeRooms.get(room.source.officeRoomId)
  return {
    kind: 'read',
    meetings: joinHardware(booked.meetings, inside.meetings),
    unknownStates: [...booked.unknownStates, ...inside.unknownStates],
    closures: [],
    horizon: office.horizon,
    evidence: { kind: 'complete' },
    room: described ? mapOfficeRoom(described, room.id) : null,
  }
}
