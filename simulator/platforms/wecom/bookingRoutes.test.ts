import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { openSimulator, type OpenSimulator } from '../../testing/openSimulator.ts'

let open: OpenSimulator
const at = (text: string): number => Date.parse(`2026-03-${text}:00+08:00`)
const seconds = (text: string): number => at(text) / 1000
const info = 'oa/meetingroom/get_booking_info'
const day = { start_time: seconds('16T00:00'), end_time: seconds('17T00:00') }

interface Row {
  readonly booking_id: string
  readonly schedule_id: string
  readonly start_time: number
  readonly end_time: number
  readonly booker: string
  readonly status: number
}
type List = readonly { readonly meetingroom_id: number; readonly schedule: readonly Row[] }[]

const listOf = (answer: Record<string, unknown>) => answer['booking_list'] as List
const add = async (more: Record<string, unknown>) =>
  (await open.sim('POST', 'bookings', { room: 12, ...more })).body as { readonly id: string }

beforeEach(async () => {
  open = await openSimulator()
})
afterEach(() => open.close())

describe('get_booking_info', () => {
  it('tells who and when in whole seconds, and never the subject', async () => {
    const made = await add({
      startMs: at('16T14:00') + 400,
      endMs: at('16T15:30'),
      booker: 'wangbo',
      subject: '机密',
    })
    const answer = await open.post(info, { meetingroom_id: 12, ...day })
    expect(listOf(answer)).toEqual([
      {
        meetingroom_id: 12,
        schedule: [
          {
            booking_id: made.id,
            schedule_id: expect.stringMatching(/^.{32}$/) as string,
            start_time: seconds('16T14:00'),
            end_time: seconds('16T15:30'),
            booker: 'wangbo',
            status: 0,
          },
        ],
      },
    ])
    expect(JSON.stringify(answer)).not.toContain('机密')
  })

  it('answers a free room with an empty schedule: absent and empty must stay different things', async () => {
    const answer = await open.post(info, { city: '杭州', building: '滨江一号', floor: '3F', ...day })
    expect(listOf(answer)).toEqual([12, 13, 14].map((id) => ({ meetingroom_id: id, schedule: [] })))
  })

  it('takes one local day and refuses a second across its midnight', async () => {
    expect((await open.post(info, { meetingroom_id: 12, ...day })).errcode).toBe(0)
    expect((await open.post(info, { ...day, meetingroom_id: 12, end_time: day.end_time + 1 })).errcode).toBe(
      40058,
    )
    // A UTC day is two Beijing days: the mistake the vendor's own sample makes.
    const utcDay = { start_time: Date.UTC(2026, 2, 16) / 1000, end_time: Date.UTC(2026, 2, 17) / 1000 }
    expect((await open.post(info, { meetingroom_id: 12, ...utcDay })).errcode).toBe(40058)
    expect((await open.post(info, { meetingroom_id: 12, ...day, end_time: day.start_time })).errcode).toBe(
      40058,
    )
  })

  it('looks from now to midnight by default: this morning is not in it', async () => {
    await add({ startMs: at('16T09:00'), durationMinutes: 60 })
    const later = await add({ startMs: at('16T23:00'), durationMinutes: 60 })
    const [room] = listOf(await open.post(info, { meetingroom_id: 12 }))
    expect(room!.schedule.map((row) => row.booking_id)).toEqual([later.id])
  })

  it.each([
    ['building without city', { building: '滨江一号' }],
    ['floor without building', { city: '杭州', floor: '3F' }],
  ])('refuses a %s', async (_, place) => {
    expect((await open.post(info, place)).errcode).toBe(40058)
  })

  it('carries 2 and 3 for pending bookings, unknown numbers as they are, and leaves cancelled ones out', async () => {
    await add({ startMs: at('16T11:00'), durationMinutes: 30, status: 2 })
    await add({ startMs: at('16T12:00'), durationMinutes: 30, status: 'inApproval' })
    await add({ startMs: at('16T13:00'), durationMinutes: 30, status: 9 })
    await add({ startMs: at('16T14:00'), durationMinutes: 30, status: 1 })
    const statuses = async () =>
      listOf(await open.post(info, { meetingroom_id: 12, ...day }))[0]!
        .schedule.map((row) => row.status)
        .sort()
    expect(await statuses()).toEqual([2, 3, 9])
    await open.sim('PATCH', 'quirks', { listsCancelled: true })
    expect(await statuses()).toEqual([1, 2, 3, 9])
  })

  it('does not sort: a panel that forgets to shows the wrong next meeting', async () => {
    await add({ startMs: at('16T11:00'), durationMinutes: 30 })
    await add({ startMs: at('16T12:00'), durationMinutes: 30 })
    const [room] = listOf(await open.post(info, { meetingroom_id: 12, ...day }))
    expect(room!.schedule.map((row) => row.start_time)).toEqual([seconds('16T12:00'), seconds('16T11:00')])
  })

  it('hides what began yesterday unless told otherwise, and lets entries reach past the day unclipped', async () => {
    const night = await add({ startMs: at('15T23:00'), endMs: at('16T01:00') })
    const late = await add({ startMs: at('16T23:00'), endMs: at('17T02:00') })
    const ids = async () =>
      listOf(await open.post(info, { meetingroom_id: 12, ...day }))[0]!.schedule.map((row) => row.booking_id)
    expect(await ids()).toEqual([late.id])
    await open.sim('PATCH', 'quirks', { listsEntriesBegunEarlier: true })
    expect((await ids()).sort()).toEqual([night.id, late.id].sort())
    expect(listOf(await open.post(info, { meetingroom_id: 12, ...day }))[0]!.schedule[0]!.end_time).toBe(
      seconds('17T02:00'),
    )
  })

  it('leaves rooms out that the app may not see and refuses them by id', async () => {
    await open.sim('PATCH', 'rooms/13', { isVisible: false })
    expect(listOf(await open.post(info, day)).map((room) => room.meetingroom_id)).not.toContain(13)
    expect((await open.post(info, { ...day, meetingroom_id: 13 })).errcode).toBe(60030)
    expect((await open.post(info, { ...day, meetingroom_id: 999 })).errcode).toBe(40058)
    expect((await open.post(info, { ...day, meetingroom_id: '12' })).errcode).toBe(40058)
  })

  it('can speak the dialects seen in the field: meeting_id, and an object for a single booking', async () => {
    const made = await add({ startMs: at('16T11:00'), durationMinutes: 30 })
    await open.sim('PATCH', 'quirks', { usesLegacyIds: true, swapsScheduleShape: true })
    const answer = await open.post(info, { meetingroom_id: 12, ...day })
    expect(answer['booking_list']).toMatchObject([{ meetingroom_id: 12, schedule: { meeting_id: made.id } }])
  })

  it('shows a time change in the client as a cancel and a new booking with a new id', async () => {
    const old = await add({ startMs: at('16T11:00'), durationMinutes: 30 })
    const { body: next } = await open.sim('PATCH', `bookings/${old.id}`, {
      startMs: at('16T15:00'),
      rebook: true,
    })
    expect(next['id']).not.toBe(old.id)
    const rows = listOf(await open.post(info, { meetingroom_id: 12, ...day }))[0]!.schedule
    expect(rows).toMatchObject([
      { booking_id: next['id'], start_time: seconds('16T15:00'), end_time: seconds('16T15:30') },
    ])
  })
})

describe('bookinfo/get', () => {
  const get = (id: string, room = 12) =>
    open.post('oa/meetingroom/bookinfo/get', { meetingroom_id: room, booking_id: id })

  it('has one object, with the series it belongs to: the only sign that a cancel may hit more than one day', async () => {
    const single = await add({ durationMinutes: 30 })
    const repeated = await add({ durationMinutes: 30, masterBookingId: 'rbD02f7be164c9A' })
    expect((await get(single.id))['schedule']).not.toHaveProperty('master_booking_id')
    expect((await get(repeated.id))['schedule']).toMatchObject({
      booking_id: repeated.id,
      master_booking_id: 'rbD02f7be164c9A',
    })
  })

  it('still tells a cancelled booking, and refuses an unknown id or another room', async () => {
    const { id } = await add({ durationMinutes: 30 })
    await open.sim('DELETE', `bookings/${id}`)
    expect((await get(id))['schedule']).toMatchObject({ status: 1 })
    expect((await get(id, 13)).errcode).toBe(40058)
    expect((await get('bkNone')).errcode).toBe(40058)
  })

  it('keeps the call of before 2023, with meeting_id and an array', async () => {
    const { id } = await add({ durationMinutes: 30 })
    const path = 'oa/meetingroom/get_booking_info_by_meeting_id'
    const answer = await open.post(path, { meetingroom_id: 12, meeting_id: id })
    expect(answer['schedule']).toMatchObject([{ meeting_id: id, status: 0 }])
  })
})
