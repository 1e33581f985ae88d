import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { openFeishu, type OpenFeishu } from '../testing/openFeishu.ts'
import { mondayMs } from '../testing/openSimulator.ts'

let open: OpenFeishu

beforeEach(async () => {
  open = await openFeishu()
})
afterEach(() => open.close())

describe('bad input', () => {
  it.each([
    ['PATCH', 'feishu', { scopes: ['everything'] }, 'scopes'],
    ['PATCH', 'feishu', { appSecret: 'x' }, 'appSecret'],
    ['PATCH', 'feishu', { textLanguage: 'fr' }, 'textLanguage'],
    ['PATCH', 'feishu', { blanks: 'none' }, 'blanks'],
    ['PATCH', 'feishu', { roomAnswerMs: -1 }, 'roomAnswerMs'],
    ['PATCH', 'feishu', { listOffsetMinutes: 841 }, 'listOffsetMinutes'],
    ['PATCH', 'feishu', { tokenErrorStatus: 99 }, 'tokenErrorStatus'],
    ['PATCH', 'feishu', { callsSpent: 1_000_001 }, 'callsSpent'],
    ['PATCH', 'feishu', { hasBot: 'yes' }, 'hasBot'],
    ['PATCH', 'feishu/rooms/12', { checkIn: 'maybe' }, 'checkIn'],
    ['PATCH', 'feishu/rooms/12', { capacity: 3 }, 'capacity'],
    ['POST', 'bookings', { room: 12, checkIn: 'perhaps' }, 'checkIn'],
    ['POST', 'bookings', { room: 12, checkInDevice: 'qr' }, 'checkInDevice'],
    ['POST', 'bookings', { room: 12, release: 'never' }, 'release'],
    ['POST', 'bookings', { room: 12, releasedBy: 'wangbo' }, 'releasedBy'],
    ['POST', 'bookings', { room: 12, otherVideo: 'vc' }, 'otherVideo'],
    ['POST', 'bookings', { room: 12, repeat: 'hourly' }, 'repeat'],
    ['POST', 'bookings', { room: 12, repeat: 'day', scheduleId: '' }, 'scheduleId'],
    ['POST', 'meetings', { booking: 'none' }, 'booking'],
  ])('%s %s %j is 400 and names %s, and changes nothing', async (method, path, body, field) => {
    const before = (await open.sim('GET', 'state')).body
    expect(await open.sim(method, path, body)).toMatchObject({ status: 400, body: { field } })
    expect((await open.sim('GET', 'state')).body).toEqual(before)
  })

  it('is 404 for a room that is not there', async () => {
    expect((await open.sim('PATCH', 'feishu/rooms/404', {})).status).toBe(404)
  })
})

describe('ids', () => {
  it('are the same in every run and unlike for unlike things: a panel keeps them for years', async () => {
    await open.book({ room: 12 })
    const other = await openFeishu()
    await other.book({ room: 12 })
    const [here, there] = [await open.ids(), await other.ids()]
    await other.close()
    expect(here).toEqual(there)
    const all = [
      ...Object.values(here.roomIds),
      ...Object.values(here.openIds),
      ...Object.values(here.levelIds),
    ]
    expect(new Set(all).size).toBe(all.length)
  })

  it('stay when a meeting is moved in a client, which makes a new booking elsewhere', async () => {
    const { id, uid } = await open.book({ room: 12 })
    const { body } = await open.sim('PATCH', `bookings/${id}`, { startInMinutes: 60, rebook: true })
    expect((await open.ids()).events[String(body['id'])]).toMatchObject({ uid, originalTime: 0 })
  })

  it('come without the secret or a token', async () => {
    const token = await open.token()
    const text = JSON.stringify((await open.sim('GET', 'state')).body)
    expect(text).not.toContain('simulator-secret-feishu')
    expect(text).not.toContain(token)
  })
})

describe('/__sim/bookings', () => {
  it('repeats: one occurrence a day until the end, under one master', async () => {
    const first = await open.book({ room: 12, repeat: 'workday', repeatUntilMs: mondayMs + 7 * 86_400_000 })
    const { body } = await open.sim('GET', 'state')
    const series = (body['bookings'] as { masterId: string; startMs: number }[]).filter(
      (one) => one.masterId === first.masterId,
    )
    expect(series.map((one) => (one.startMs - mondayMs) / 86_400_000)).toEqual([0, 1, 2, 3, 4, 7])
  })

  it('releases what is released ahead when its moment comes, and forgets it when taken back', async () => {
    const isTaken = async () => {
      await open.sim('GET', 'state')
      return open.simulator.world.bookings.isTaken(12, mondayMs, mondayMs + 60_000)
    }
    const { id } = await open.book({ room: 12 })
    const ahead = { release: 'sensor', releaseAtMs: mondayMs + 600_000 }
    await open.sim('PATCH', `bookings/${id}`, ahead)
    await open.sim('PATCH', `bookings/${id}`, { release: 'none' })
    open.setNow(mondayMs + 600_000)
    expect(await isTaken()).toBe(true)
    await open.sim('PATCH', `bookings/${id}`, { ...ahead, releaseAtMs: mondayMs + 900_000 })
    expect(await isTaken()).toBe(true)
    open.setNow(mondayMs + 900_000)
    expect(await isTaken()).toBe(false)
  })
})

describe('/__sim/reset', () => {
  it('puts Feishu’s switches, its month and its room settings back', async () => {
    const fresh = await openFeishu()
    await open.sim('PATCH', 'feishu', { scopes: [], blanks: 'dash', callsSpent: 5 })
    await open.sim('PATCH', 'feishu/rooms/12', { checkIn: 'off' })
    await open.sim('PATCH', 'quirks', { omitsFreeRooms: true })
    await open.sim('PATCH', 'limits', { feishuCallsPerMonth: 1 })
    await open.sim('POST', 'reset', { seed: 'empty' })
    expect((await open.sim('GET', 'state')).body).toEqual((await fresh.sim('GET', 'state')).body)
    await fresh.close()
  })
})
