import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FeishuRoomSource } from '../../../shared/settings/schema.ts'
import type { RoomReading, SiteProvider } from '../SiteProvider.ts'
import { feishuScopes } from './errors.ts'
import { openDoor, span } from './testing/openDoor.ts'
import type { Door } from './testing/openDoor.ts'
import type { FeishuWorld } from './testing/openFeishuWorld.ts'

let world: FeishuWorld
let provider: SiteProvider<FeishuRoomSource>
let today: Door['today']
let read: Door['read']
let book: Door['book']
let callsTo: Door['callsTo']
beforeEach(async () => {
  ;({ world, provider, today, read, book, callsTo } = await openDoor())
})
afterEach(() => world.close())

describe('rooms busy times leave out', () => {
  it('are free where the list answered and the platform says that they exist', async () => {
    await world.control('PATCH', 'quirks', { omitsFreeRooms: true })
    await book({ room: 13, ...span(9, 11) })
    for (let count = 0; count < 4; count += 1) {
      const before = await world.countedCalls()
      const announced = provider.callCost(world.rooms, today())
      const readings = await read()
      expect([...readings.values()].map(({ kind }) => kind)).toEqual(['read', 'read', 'read'])
      if (count > 0) expect((await world.countedCalls()) - before).toBe(announced)
    }
  })

  it('are unknown where nobody speaks for them', async () => {
    await world.control('PATCH', 'quirks', { omitsFreeRooms: true })
    await world.grantAllBut(feishuScopes.rooms)
    expect((await read()).get('room-12')).toMatchObject({ kind: 'failed', error: { kind: 'notFound' } })
  })

  it('one id nobody knows fails alone, also where the platform refuses the whole question for it', async () => {
    await world.control('PATCH', 'quirks', { refusesUnknownRooms: true })
    const stranger = { id: 'stranger', source: { roomId: `omm_${'f'.repeat(32)}` } }
    const rooms = [...world.rooms, stranger]
    for (let count = 0; count < 2; count += 1) {
      const readings = await read(rooms)
      expect(rooms.map(({ id }) => readings.get(id)?.kind)).toEqual(['read', 'read', 'read', 'failed'])
    }
    expect(readingsError(await read(rooms), 'stranger')).toBe('notFound')
    expect(provider.callCost(rooms, today())).toBeLessThanOrEqual(2)
  })

  const readingsError = (readings: ReadonlyMap<string, RoomReading>, id: string): string | null => {
    const reading = readings.get(id)
    return reading?.kind === 'failed' ? reading.error.kind : null
  }

  it('twenty rooms are one question, twenty-one are two', async () => {
    const strangers = Array.from({ length: 18 }, (_room, index) => ({
      id: `s${index}`,
      source: { roomId: `omm_${String(index).padStart(32, 'f')}` },
    }))
    await read([...world.rooms, ...strangers])
    expect(await callsTo('freebusy')).toBe(2)
  })
})
