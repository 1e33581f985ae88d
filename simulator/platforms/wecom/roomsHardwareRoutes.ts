import { FieldError, type Fields, isGiven, optional, readFilledText, readInteger } from '../../http/fields.ts'
import { isOverlapping } from '../../world/booking.ts'
import { meetingStateAt } from '../../world/onlineMeeting.ts'
import { type RoomsUnit, unitStatusAt } from '../../world/roomsUnit.ts'
import { dayMs } from '../../world/shanghaiTime.ts'
import type { World } from '../../world/World.ts'
import { seconds } from './bookingAnswer.ts'
import { pageOf } from './pageOf.ts'
import { WecomError, wecomCodes } from './wecomError.ts'
import type { WecomCall, WecomRoute } from './WecomRoute.ts'

const base = '/cgi-bin/meeting/rooms'
const longestRangeMs = 90 * dayMs

/** D:93626: without the paid feature every Rooms call answers 730007. */
const paid =
  (handle: WecomRoute['handle']): WecomRoute['handle'] =>
  (call) => {
    if (!call.world.tenant.app.hasAdvancedMeetings)
      throw new WecomError(wecomCodes.noAdvancedMeetings, 'no permission of advanced meeting feature')
    return handle(call)
  }

const statusOf = (world: World, unit: RoomsUnit): number =>
  unitStatusAt(unit, world.meetings.values(), world.clock.now())
const locationOf = (unit: RoomsUnit): string => `${unit.city}-${unit.building}-${unit.floor}`

/** `meeting_room_name` matches anywhere in the name. */
function unitsNamed(world: World, body: Fields): readonly RoomsUnit[] {
  const part = optional(readFilledText)(body, 'meeting_room_name') ?? ''
  return [...world.units.values()].filter((unit) => unit.name.includes(part))
}

/** D:98795. `active_code` is a credential of the device; here it is the documents' blank. */
function list({ world, body }: WecomCall): Fields {
  const rules = { path: `${base}/list`, defaultLimit: 20, maxLimit: 50 }
  const { items, ...paging } = pageOf(unitsNamed(world, body), body, rules)
  const rooms = items.map((unit) => ({
    meeting_room_id: unit.meetingRoomId,
    meeting_room_name: unit.name,
    meeting_room_location: locationOf(unit),
    account_type: unit.accountType,
    active_code: 'XXXXXXXX',
    participant_number: unit.capacity,
    meeting_room_status: statusOf(world, unit),
    scheduled_status: unit.isBookable ? 1 : 0,
    is_allow_call: true,
  }))
  return { ...paging, meeting_room_list: rooms }
}

/** The code of an unknown Rooms id is UNVERIFIED; here 40058. */
function findUnit(world: World, body: Fields): RoomsUnit {
  const unit = world.units.get(readFilledText(body, 'meeting_room_id'))
  if (unit === undefined) throw new WecomError(wecomCodes.badParameter, 'invalid meeting_room_id')
  return unit
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** D:98793. `password` and `pmi_pwd` are secrets a panel must neither keep nor log. */
function getInfo({ world, body }: WecomCall): Fields {
  const unit = findUnit(world, body)
  return {
    basic_info: {
      rooms_id_list: unit.roomsIds,
      meeting_room_name: unit.name,
      city: unit.city,
      building: unit.building,
      floor: unit.floor,
      participant_number: unit.capacity,
      device: 'ROOMS',
      desc: base64('模拟会议室'),
      password: base64('simulator-rooms-password'),
    },
    account_info: { account_type: unit.accountType, valid_period: '-' },
    hardware_info: {
      health_status: 'OK',
      meeting_room_status: statusOf(world, unit),
      rooms_version: '3.1.0',
    },
    pmi_info: { pmi_code: '1230045678', pmi_pwd: base64('simulator-pmi-password') },
    monitor_status: 0,
    is_allow_call: true,
    scheduled_status: unit.isBookable ? 1 : 0,
  }
}

/** D:98798: one row per device, so a room may come more than once. */
function listDevices({ world, body }: WecomCall): Fields {
  const rules = { path: `${base}/list_devices`, defaultLimit: 20, maxLimit: 50 }
  const devices = unitsNamed(world, body).flatMap((unit) =>
    unit.roomsIds.map((roomsId) => ({ unit, roomsId })),
  )
  const { items, ...paging } = pageOf(devices, body, rules)
  const rows = items.map(({ unit, roomsId }) => ({
    meeting_room_id: unit.meetingRoomId,
    rooms_id: roomsId,
    meeting_room_name: unit.name,
    meeting_room_location: locationOf(unit),
    device_model: 'SIM-ROOMS-1',
    app_version: '4.1.6.0',
    meeting_room_status: statusOf(world, unit),
    device_monitor_info: { camera_status: true, microphone_status: true, speaker_status: true },
  }))
  return { ...paging, device_info_list: rows }
}

/** Exactly one of the two ids; that both at once are refused is UNVERIFIED. */
function findListedUnit(world: World, body: Fields): RoomsUnit {
  if (isGiven(body, 'meeting_room_id') === isGiven(body, 'rooms_id'))
    throw new FieldError('meeting_room_id', 'given, or else rooms_id: one of the two')
  if (isGiven(body, 'meeting_room_id')) return findUnit(world, body)
  const roomsId = readFilledText(body, 'rooms_id')
  const unit = [...world.units.values()].find((one) => one.roomsIds.includes(roomsId))
  if (unit === undefined) throw new WecomError(wecomCodes.badParameter, 'invalid rooms_id')
  return unit
}

/** Defaults UNVERIFIED; here 90 days from now, or up to 90 days away from the one end that is given. */
function readRange(body: Fields, nowMs: number): { readonly startMs: number; readonly endMs: number } {
  const start = optional(readInteger)(body, 'start_time')
  const end = optional(readInteger)(body, 'end_time')
  if ((start ?? 0) < 0) throw new FieldError('start_time', 'an unsigned integer')
  const startMs =
    start === undefined ? (end === undefined ? nowMs : end * 1000 - longestRangeMs) : start * 1000
  const endMs = end === undefined ? startMs + longestRangeMs : end * 1000
  if (endMs <= startMs) throw new FieldError('end_time', 'after start_time')
  if (endMs - startMs > longestRangeMs) throw new FieldError('end_time', 'at most 90 days after start_time')
  return { startMs, endMs }
}

/** D:98796 list_meetings: the app's own meetings only, in every state they can be in. */
function listMeetings({ world, body }: WecomCall): Fields {
  const rules = { path: `${base}/list_meetings`, defaultLimit: 20, maxLimit: 20 }
  const unit = findListedUnit(world, body)
  const nowMs = world.clock.now()
  const { startMs, endMs } = readRange(body, nowMs)
  const own = [...world.meetings.values()].filter(
    (meeting) =>
      meeting.ownerAppId === world.tenant.app.id &&
      meeting.unitIds.includes(unit.meetingRoomId) &&
      isOverlapping(meeting, startMs, endMs),
  )
  const { items, ...paging } = pageOf(own, body, rules)
  const idField = world.tenant.quirks.usesLegacyIds ? 'meeting_id' : 'meetingid'
  const meetings = items.map((meeting) => ({
    [idField]: meeting.id,
    meeting_code: meeting.code,
    subject: meeting.subject,
    status: `MEETING_STATE_${meetingStateAt(meeting, nowMs)}`,
    meeting_type: meeting.type,
    start_time: seconds(meeting.startMs),
    end_time: seconds(meeting.endMs),
  }))
  return { ...paging, meeting_info_list: meetings }
}

const route = (name: string, handle: WecomRoute['handle']): WecomRoute => ({
  method: 'POST',
  path: `${base}/${name}`,
  grant: 'meeting',
  handle: paid(handle),
})

export const roomsHardwareRoutes: readonly WecomRoute[] = [
  route('list', list),
  route('get_info', getInfo),
  route('list_devices', listDevices),
  route('list_meetings', listMeetings),
]
