import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { openSimulator, type OpenSimulator } from '../../testing/openSimulator.ts'

let open: OpenSimulator
const at = (text: string): number => Date.parse(`2026-03-${text}:00+08:00`)
const seconds = (text: string): number => at(text) / 1000
const order = (from: string, to: string, more: Record<string, unknown> = {}) => ({
  meetingroom_id: 12,
  subject: 'Walk-up',
  start_time: seconds(from),
  end_time: seconds(to),
  booker: 'chenlu',
  ...more,
})
const book = (from: string, to: string, more: Record<string, unknown> = {}) =>
  open.post('oa/meetingroom/book', order(from, to, more))
const bookings = async () =>
  (await open.sim('GET', 'state')).body['bookings'] as readonly Record<string, unknown>[]

beforeEach(async () => {
  open = await openSimulator()
})
afterEach(() => open.close())

describe('book', () => {
  it('books the rounded time, for the app, with a calendar entry the app can read', async () => {
    const answer = await book('16T14:10', '16T14:40', { attendees: ['wangbo'] })
    expect(answer).toMatchObject({ errcode: 0, booking_id: expect.stringMatching(/^bk/) as string })
    expect(await bookings()).toMatchObject([
      { id: answer['booking_id'], startMs: at('16T14:00'), endMs: at('16T15:00'), ownApp: true },
    ])
    const entry = await open.post('oa/schedule/get', { schedule_id_list: [answer['schedule_id']] })
    expect(entry['schedule_list']).toMatchObject([
      { summary: 'Walk-up', location: '西湖', status: 0, attendees: [{ userid: 'wangbo' }] },
    ])
  })

  it('asked at 10:20 for now gives 10:30: a panel must show what it got', async () => {
    await book('16T10:20', '16T10:50')
    expect(await bookings()).toMatchObject([{ startMs: at('16T10:30'), endMs: at('16T11:00') }])
  })

  it('refuses a slot that is taken, also one that is only pending, and books nothing', async () => {
    await open.sim('POST', 'bookings', { room: 12, startMs: at('16T14:30'), durationMinutes: 30, status: 3 })
    expect((await book('16T14:00', '16T14:31')).errcode).toBe(90701)
    expect(await bookings()).toHaveLength(1)
    expect((await book('16T14:00', '16T14:30')).errcode).toBe(0)
  })

  it('refuses past times, short ones, approval rooms, disabled rooms and people out of range, each its own way', async () => {
    expect((await book('16T09:00', '16T10:00')).errcode).toBe(40058)
    expect((await book('16T14:00', '16T14:20')).errcode).toBe(40058)
    expect((await book('16T14:00', '16T15:00', { meetingroom_id: 21 })).errcode).toBe(90702)
    expect((await book('16T14:00', '16T15:00', { booker: 'nobody' })).errcode).toBe(60111)
    expect((await book('16T14:00', '16T15:00', { booker: 'hejun' })).errcode).toBe(60111)
    await open.sim('PATCH', 'rooms/12', { isDisabled: true })
    expect((await book('16T14:00', '16T15:00')).errcode).toBe(90711)
    expect(await bookings()).toHaveLength(0)
  })

  it('books a room that does not say whether it needs approval', async () => {
    expect((await book('16T14:00', '16T15:00', { meetingroom_id: 15 })).errcode).toBe(0)
  })

  it('keeps to the range of a room', async () => {
    await open.post('oa/meetingroom/edit', { meetingroom_id: 12, range: { department_list: [9] } })
    expect((await book('16T14:00', '16T15:00')).errcode).toBe(60030)
    expect((await book('16T14:00', '16T15:00', { booker: 'ZHAOMIN' })).errcode).toBe(0)
  })

  it('takes a subject of 128 characters and no more', async () => {
    expect((await book('16T14:00', '16T15:00', { subject: '会'.repeat(129) })).errcode).toBe(40058)
    expect((await book('16T14:00', '16T15:00', { subject: '会'.repeat(128) })).errcode).toBe(0)
  })
})

describe('book_by_schedule', () => {
  const bySchedule = (scheduleId: unknown) =>
    open.post('oa/meetingroom/book_by_schedule', {
      meetingroom_id: 12,
      schedule_id: scheduleId,
      booker: 'chenlu',
    })
  const entry = async (more: Record<string, unknown>) =>
    (await open.sim('POST', 'schedules', { startMs: at('16T14:00'), durationMinutes: 60, ...more })).body[
      'id'
    ]

  it('books every free day and returns the midnights of the others with errcode 0: half a success', async () => {
    await open.sim('POST', 'bookings', { room: 12, startMs: at('23T14:30'), durationMinutes: 60 })
    const answer = await bySchedule(await entry({ repeat: 'week', repeatUntilMs: at('31T00:00') }))
    expect(answer).toMatchObject({ errcode: 0, conflict_date: [seconds('23T00:00')] })
    const series = (await bookings()).filter((booking) => booking['masterId'] === answer['booking_id'])
    expect(series.map((booking) => booking['startMs'])).toEqual([at('16T14:00'), at('30T14:00')])
  })

  it('takes only entries of the app, and each once', async () => {
    expect((await bySchedule(await entry({ ownApp: false }))).errcode).toBe(90466)
    expect((await bySchedule('none')).errcode).toBe(90459)
    const own = await entry({})
    expect(await bySchedule(own)).not.toHaveProperty('conflict_date')
    expect((await bySchedule(own)).errcode).toBe(90498)
  })
})

describe('book_by_meeting', () => {
  it('takes only meetings the app made', async () => {
    const meeting = async (more: Record<string, unknown>) =>
      (
        await open.sim('POST', 'meetings', {
          meetingRoomId: '300417',
          subject: '版本评审',
          startMs: at('16T14:00'),
          durationMinutes: 60,
          ...more,
        })
      ).body['id']
    const byMeeting = async (id: unknown) =>
      open.post('oa/meetingroom/book_by_meeting', { meetingroom_id: 12, meetingid: id, booker: 'chenlu' })
    expect((await byMeeting(await meeting({ ownApp: false }))).errcode).toBe(90602)
    expect((await byMeeting(await meeting({ state: 'CANCELLED' }))).errcode).toBe(400041)
    expect((await byMeeting(await meeting({}))).errcode).toBe(0)
    expect(await bookings()).toMatchObject([{ subject: '版本评审', startMs: at('16T14:00') }])
  })
})
