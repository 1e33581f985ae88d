import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { Fields } from '../../http/fields.ts'
import { type BookedEvent, openFeishu, type OpenFeishu } from '../../testing/openFeishu.ts'
import { mondayMs } from '../../testing/openSimulator.ts'

let open: OpenFeishu
const at = (text: string): number => Date.parse(`2026-03-${text}:00+08:00`)
const roomId = async (id: number) => (await open.ids()).roomIds[id]!
const reply = async (uid: string, status = 'NOT_CHECK_IN', more: Fields = {}) =>
  open.post('meeting_room/instance/reply', {
    room_id: await roomId(12),
    uid,
    original_time: 0,
    status,
    ...more,
  })
interface Booking {
  readonly id: string
  readonly startMs: number
  readonly status: string
  readonly release: { readonly kind: string } | null
}
const bookings = async () => (await open.sim('GET', 'state')).body['bookings'] as readonly Booking[]
const taken = async () => (await bookings()).filter((one) => one.status !== 'cancelled')

beforeEach(async () => {
  open = await openFeishu()
})
afterEach(() => open.close())

describe('meeting_room/instance/reply', () => {
  it.each([
    ['NOT_CHECK_IN', 'noShow'],
    ['ENDED_BEFORE_DUE', 'manual'],
  ])('%s gives the room back with a readonly scope and no data in the answer', async (status, kind) => {
    await open.sim('PATCH', 'feishu', { scopes: ['calendar:room:readonly'] })
    const { uid } = await open.book({ room: 12 })
    const answer = await reply(uid, status)
    expect(answer.body).toEqual({ code: 0, msg: 'success' })
    expect(await bookings()).toMatchObject([{ status: 'cancelled', release: { kind } }])
  })

  it('leaves the event in the calendars of its people: only the room is gone', async () => {
    const { uid } = await open.book({ room: 12 })
    await reply(uid)
    expect((await open.sim('GET', 'state')).body['schedules']).toMatchObject([{ isCancelled: false }])
  })

  it('with original_time 0 hits a whole series, exceptions too: one press must not empty every week', async () => {
    const first = await open.book({ room: 12, startMs: at('16T10:00'), repeat: 'week' })
    const [, second] = await bookings()
    await open.sim('PATCH', `bookings/${second!.id}`, { startMs: at('23T15:00') })
    expect((await reply(first.uid)).code).toBe(0)
    expect(await taken()).toEqual([])
  })

  it('or one occurrence only, where the platform means that', async () => {
    await open.sim('PATCH', 'quirks', { repliesToOneInstance: true })
    const first = await open.book({ room: 12, startMs: at('16T10:00'), repeat: 'week' })
    const before = (await taken()).length
    await reply(first.uid)
    const left = await taken()
    expect(left).toHaveLength(before - 1)
    expect(left.some((one) => one.startMs === at('16T10:00'))).toBe(false)
  })

  it('hits an exception alone by its original time', async () => {
    const first = await open.book({ room: 12, startMs: at('16T10:00'), repeat: 'week' })
    const [, second] = await bookings()
    await open.sim('PATCH', `bookings/${second!.id}`, { startMs: at('23T15:00') })
    const before = (await taken()).length
    const original = { original_time: at('23T10:00') / 1000 }
    expect((await reply(first.uid, 'NOT_CHECK_IN', original)).code).toBe(0)
    expect(await taken()).toHaveLength(before - 1)
  })

  it('leaves what is over as it was', async () => {
    const first = await open.book({ room: 12, startMs: at('09T10:00'), repeat: 'week' })
    await reply(first.uid)
    expect((await taken()).map((one) => one.startMs)).toEqual([at('09T10:00')])
  })

  it('is 105003 with HTTP 200 once the occurrence was moved, released or is over: read again, do not press again', async () => {
    const { uid } = await open.book({ room: 12 })
    expect(await reply(uid, 'NOT_CHECK_IN', { original_time: 5 })).toMatchObject({
      status: 200,
      code: 105003,
    })
    expect((await reply(uid)).code).toBe(0)
    expect((await reply(uid)).code).toBe(105003)
    const other: BookedEvent = await open.book({ room: 12, durationMinutes: 10 })
    open.setNow(mondayMs + 600_000)
    expect((await reply(other.uid)).code).toBe(105003)
  })

  it('touches the named room alone', async () => {
    const { uid } = await open.book({ room: 13 })
    expect((await reply(uid)).code).toBe(105003)
    expect((await reply(uid, 'NOT_CHECK_IN', { room_id: 'omm_none' })).code).toBe(100005)
    expect(await taken()).toHaveLength(1)
  })

  it('lets an administrator’s answer decide a pending booking', async () => {
    const yes = await open.book({ room: 12, status: 'inApproval', startMs: at('16T14:00') })
    const no = await open.book({ room: 12, status: 'inApproval', startMs: at('16T16:00') })
    await reply(yes.uid, 'ACCEPTED_BY_ADMIN')
    await reply(no.uid, 'DECLINED_BY_ADMIN')
    expect((await bookings()).map((one) => [one.status, one.release])).toEqual([
      ['booked', null],
      ['cancelled', null],
    ])
  })

  it('knows four answers, and times as numbers only', async () => {
    const { uid } = await open.book({ room: 12 })
    expect((await reply(uid, 'CHECKED_IN')).code).toBe(105002)
    expect((await reply(uid, 'NOT_CHECK_IN', { original_time: '0' })).code).toBe(105002)
    expect(await taken()).toHaveLength(1)
  })
})

describe('the platform’s own release', () => {
  it('gives a room back when nobody checked in within the window, and the release is told like ours', async () => {
    await open.sim('PATCH', 'feishu/rooms/12', { releasesNoShows: true, checkInClosesMin: 10 })
    const { id } = await open.book({ room: 12 })
    const seen = await open.book({ room: 12, startMs: mondayMs + 3_600_000, checkIn: 'checkedIn' })
    open.setNow(mondayMs + 3_600_000 - 60_000)
    await open.get('vc/v1/rooms')
    expect(await bookings()).toMatchObject([
      { id, status: 'cancelled', release: { kind: 'noShow', atMs: mondayMs + 600_000 } },
      { id: seen.id, status: 'booked' },
    ])
    open.setNow(mondayMs + 3_600_000 + 900_000)
    await open.get('vc/v1/rooms')
    expect(await taken()).toMatchObject([{ id: seen.id }])
  })
})
