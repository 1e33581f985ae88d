import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { openSimulator, type OpenSimulator } from '../../testing/openSimulator.ts'

let open: OpenSimulator
const at = (text: string): number => Date.parse(`2026-03-${text}:00+08:00`)
const seconds = (text: string): number => at(text) / 1000
const cancel = (id: unknown, more: Record<string, unknown> = {}) =>
  open.post('oa/meetingroom/cancel_book', { booking_id: id, ...more })
const statuses = async () =>
  ((await open.sim('GET', 'state')).body['bookings'] as readonly { status: string }[]).map(
    (one) => one.status,
  )
const addDay = async (day: string, more: Record<string, unknown> = {}) =>
  (
    await open.sim('POST', 'bookings', {
      room: 12,
      startMs: at(`${day}T14:00`),
      durationMinutes: 60,
      ownApp: true,
      ...more,
    })
  ).body as { id: string; scheduleId: string }

beforeEach(async () => {
  open = await openSimulator()
})
afterEach(() => open.close())

describe('cancel_book', () => {
  it('keeps the calendar entry when asked to and deletes it otherwise', async () => {
    const kept = await addDay('16')
    const gone = await addDay('17')
    expect((await cancel(kept.id, { keep_schedule: 1 })).errcode).toBe(0)
    expect((await cancel(gone.id)).errcode).toBe(0)
    expect(await statuses()).toEqual(['cancelled', 'cancelled'])
    const read = (id: string) => open.post('oa/schedule/get', { schedule_id_list: [id] })
    expect((await read(kept.scheduleId))['schedule_list']).toMatchObject([{ status: 0 }])
    expect((await read(gone.scheduleId)).errcode).toBe(90460)
  })

  it('refuses what people or other apps booked: a no-show release must cope with 90499', async () => {
    const { id } = await addDay('16', { ownApp: false })
    expect((await cancel(id, { keep_schedule: 1 })).errcode).toBe(90499)
    expect(await statuses()).toEqual(['booked'])
    await open.sim('PATCH', 'quirks', { mayCancelPeoplesBookings: true })
    expect((await cancel(id, { keep_schedule: 1 })).errcode).toBe(0)
  })

  it('takes one day out of a series with cancel_date, by the series or by a day', async () => {
    const series = { masterBookingId: 'rbD02f7be164c9A' }
    const { id } = await addDay('16', series)
    await addDay('23', series)
    await addDay('30', series)
    expect((await cancel(id, { cancel_date: seconds('23T00:00') })).errcode).toBe(0)
    expect(await statuses()).toEqual(['booked', 'cancelled', 'booked'])
    expect((await cancel('rbD02f7be164c9A', { cancel_date: seconds('30T00:00') })).errcode).toBe(0)
    expect(await statuses()).toEqual(['booked', 'cancelled', 'cancelled'])
  })

  it('knows a series by its own id alone where that is what the platform wants', async () => {
    await open.sim('PATCH', 'quirks', { cancelsDaysBySeriesIdOnly: true })
    const { id } = await addDay('16', { masterBookingId: 'rbD02f7be164c9A' })
    const day = { cancel_date: seconds('16T00:00') }
    expect((await cancel(id, day)).errcode).toBe(40058)
    expect(await statuses()).toEqual(['booked'])
    expect((await cancel('rbD02f7be164c9A', day)).errcode).toBe(0)
    expect((await cancel((await addDay('17')).id)).errcode).toBe(0)
  })

  it('cancels the whole series without cancel_date: the trap a panel must never step into', async () => {
    const series = { masterBookingId: 'rbD02f7be164c9A' }
    const { id } = await addDay('16', series)
    await addDay('23', series)
    expect((await cancel(id, { keep_schedule: 1 })).errcode).toBe(0)
    expect(await statuses()).toEqual(['cancelled', 'cancelled'])
  })

  it('wants a local midnight of a day of the series, and a series', async () => {
    const { id } = await addDay('16', { masterBookingId: 'rbD02f7be164c9A' })
    expect((await cancel(id, { cancel_date: seconds('16T14:00') })).errcode).toBe(40058)
    expect((await cancel(id, { cancel_date: seconds('17T00:00') })).errcode).toBe(40058)
    const single = await addDay('17')
    expect((await cancel(single.id, { cancel_date: seconds('17T00:00') })).errcode).toBe(40058)
    expect(await statuses()).toEqual(['booked', 'booked'])
  })

  it('refuses an unknown id and a second time: a repeated press must not look like a success', async () => {
    expect((await cancel('bkNone')).errcode).toBe(40058)
    const { id } = await addDay('16')
    await cancel(id)
    expect((await cancel(id)).errcode).toBe(40058)
  })

  it('frees the room for the next one', async () => {
    const { id } = await addDay('16')
    const order = {
      meetingroom_id: 12,
      start_time: seconds('16T14:00'),
      end_time: seconds('16T15:00'),
      booker: 'liyan',
    }
    expect((await open.post('oa/meetingroom/book', order)).errcode).toBe(90701)
    await cancel(id)
    expect((await open.post('oa/meetingroom/book', order)).errcode).toBe(0)
  })
})
