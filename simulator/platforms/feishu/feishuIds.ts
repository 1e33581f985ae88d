import { createHash } from 'node:crypto'

import type { Booking } from '../../world/booking.ts'
import type { Person } from '../../world/person.ts'
import type { Room } from '../../world/room.ts'
import type { World } from '../../world/World.ts'

/** Made from what the thing is in the world, so the same in every run and on every platform's behalf. */
const digest = (kind: string, key: string): string =>
  createHash('sha256').update(`feishu ${kind} ${key}`).digest('hex')
const hex32 = (kind: string, key: string): string => digest(kind, key).slice(0, 32)

/** Twenty characters for whatever needs an id and has no shape of its own. */
export const digestId = (kind: string, key: string): string => digest(kind, key).slice(0, 20)

function uuid(kind: string, key: string): string {
  const text = hex32(kind, key)
  const part = (from: number, until: number): string => text.slice(from, until)
  return [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join('-')
}

/** A number of so many digits, as text. */
const digits = (kind: string, key: string, length: number): string => {
  const span = 9n * 10n ** BigInt(length - 1)
  return String((BigInt(`0x${digest(kind, key).slice(0, 24)}`) % span) + 10n ** BigInt(length - 1))
}

export const roomIdOf = (roomId: number): string => `omm_${hex32('room', String(roomId))}`
/** The level of a place; `[]` is the organisation. */
export const levelIdOf = (place: readonly string[]): string => `omb_${hex32('level', JSON.stringify(place))}`
export const openIdOf = (userId: string): string => `ou_${hex32('user', userId.toLowerCase())}`
export const unionIdOf = (userId: string): string => `on_${hex32('union', userId.toLowerCase())}`
export const departmentIdOf = (id: number): string => `od-${hex32('department', String(id))}`

/** The organisation's bot has an open_id of its own, under which nobody is found in the contacts. */
export const botOpenId = (world: World): string => `ou_${hex32('bot', world.tenant.feishu.appId)}`
export const calendarIdOf = (world: World): string =>
  `feishu.cn_${hex32('calendar', world.tenant.feishu.appId).slice(0, 20)}@group.calendar.feishu.cn`

/** The uid of the event behind a calendar entry. */
export const entryUid = (entryId: string): string => uuid('event', entryId)

/** All occurrences of a series share their uid; a booking without an entry has one of its own. */
export function uidOf({ masterId, scheduleId, id }: Booking): string {
  return entryUid(masterId ?? (scheduleId === '' ? id : scheduleId))
}

/** Unix seconds; 0 unless an occurrence of a series was moved. */
export const originalTimeOf = ({ originalStartMs }: Booking): number =>
  originalStartMs === null ? 0 : Math.floor(originalStartMs / 1000)

/** The nine digits people dial into the event's video meeting with. */
export const meetingNumberOf = (uid: string): string => digits('number', uid, 9)
/** The id a video meeting gets when it starts. */
export const videoIdOf = (meetingId: string): string => digits('video', meetingId, 19)

export const findRoom = (world: World, roomId: string): Room | undefined =>
  [...world.rooms.values()].find((room) => roomIdOf(room.id) === roomId)

export const findPersonByOpenId = (world: World, openId: string): Person | undefined =>
  [...world.people.values()].find((person) => openIdOf(person.userId) === openId)
