import { createHash } from 'node:crypto'

import type { Person } from '../../world/person.ts'
import type { Room } from '../../world/room.ts'
import type { World } from '../../world/World.ts'

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** The room's id on this platform, the same in every run: fourteen hexadecimal digits. */
export const roomIdOf = (roomId: number): string => digest(`room ${roomId}`).toString('hex').slice(0, 14)

/** A person's id among the apps of one developer, the same in every run. */
export const unionIdOf = (userId: string): string =>
  `${digest(`person ${userId.toLowerCase()}`)
    .toString('base64')
    .replaceAll(/[^a-zA-Z0-9]/g, '')
    .slice(0, 14)}iEiE`

export const findByRoomId = (world: World, roomId: string): Room | undefined =>
  [...world.rooms.values()].find((room) => roomIdOf(room.id) === roomId)

export const findByUnionId = (world: World, unionId: string): Person | undefined =>
  [...world.people.values()].find((person) => unionIdOf(person.userId) === unionId)

/**
 * What an event id stands for: a calendar entry, a booking that has none, a series, one occurrence of a series. Entry
 * and series are named by the world's own ids, the others by the booking's.
 */
export interface EventKey {
  readonly kind: 'entry' | 'booking' | 'series' | 'instance'
  readonly id: string
}

const letters = { entry: 'e', booking: 'b', series: 's', instance: 'i' } as const
const kinds = ['entry', 'booking', 'series', 'instance'] as const
const mask = 0xcb

const masked = (bytes: Uint8Array): Buffer => Buffer.from(bytes.map((byte) => byte ^ mask))

/** Plain base64, so that `/`, `+` and `=` occur: an id that is not encoded into an address leads nowhere. */
export const eventIdOf = ({ kind, id }: EventKey): string =>
  masked(Buffer.from(`${letters[kind]}${id}`)).toString('base64')

/** @returns undefined for what was never given out */
export function readEventId(eventId: string): EventKey | undefined {
  const text = masked(Buffer.from(eventId, 'base64')).toString()
  const kind = kinds.find((one) => letters[one] === text[0])
  if (kind === undefined) return undefined
  const key = { kind, id: text.slice(1) }
  return eventIdOf(key) === eventId ? key : undefined
}
