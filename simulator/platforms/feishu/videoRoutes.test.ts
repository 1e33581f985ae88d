import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { Fields } from '../../http/fields.ts'
import { openFeishu, type OpenFeishu, type Query } from '../../testing/openFeishu.ts'
import { mondayMs } from '../../testing/openSimulator.ts'

let open: OpenFeishu
const minute = 60_000
const sec = (ms: number): string => String(Math.floor(ms / 1000))
const list = (number: string, more: Query = {}) =>
  open.get('vc/v1/meetings/list_by_no', {
    meeting_no: number,
    start_time: sec(mondayMs - 3_600_000),
    end_time: sec(mondayMs + 7_200_000),
    ...more,
  })
const briefs = async (number: string, more: Query = {}) =>
  (await list(number, more)).data['meeting_briefs'] as readonly Fields[]
const dialIn = (fields: Fields) => open.sim('POST', 'meetings', fields)

beforeEach(async () => {
  open = await openFeishu()
})
afterEach(() => open.close())

describe('vc/v1/meetings/list_by_no', () => {
  it('finds a running meeting by the number in the booking’s link, with a password nobody may pass on', async () => {
    const { id, meetingNumber } = await open.book({ room: 12, subject: '接口联调', online: true })
    await dialIn({ booking: id })
    expect(await briefs(meetingNumber)).toEqual([
      {
        id: expect.stringMatching(/^\d{19}$/) as string,
        meeting_no: meetingNumber,
        topic: '接口联调',
        url: `https://vc.feishu.cn/j/${meetingNumber}`,
        password: '402971',
      },
    ])
    expect((await list(meetingNumber)).msg).toBe('')
  })

  it('has nothing before the meeting starts, nor when nobody ever comes: a link is no meeting', async () => {
    const { id, meetingNumber } = await open.book({ room: 12, startMs: mondayMs + 10 * minute, online: true })
    expect(await briefs(meetingNumber)).toEqual([])
    await dialIn({ booking: id })
    expect(await briefs(meetingNumber)).toEqual([])
    open.setNow(mondayMs + 10 * minute)
    expect(await briefs(meetingNumber)).toHaveLength(1)
    const empty = await open.book({ room: 13, online: true })
    await dialIn({ booking: empty.id, isAttended: false })
    expect(await briefs(empty.meetingNumber)).toEqual([])
    open.setNow(mondayMs + 90 * minute)
    expect(await briefs(empty.meetingNumber)).toEqual([])
    expect(await briefs(meetingNumber)).toHaveLength(1)
  })

  it('lists ended ones like running ones, latest first: the list alone does not say that one runs', async () => {
    const { id, meetingNumber } = await open.book({ room: 12, online: true })
    await dialIn({ booking: id, subject: 'first', startInMinutes: -30, durationMinutes: 10 })
    await dialIn({ booking: id, subject: 'second', state: 'STARTED' })
    expect((await briefs(meetingNumber)).map((one) => one['topic'])).toEqual(['second', 'first'])
    const narrow = { start_time: sec(mondayMs), end_time: sec(mondayMs + minute) }
    expect((await briefs(meetingNumber, narrow)).map((one) => one['topic'])).toEqual(['second'])
  })

  it('takes nine digits, a window of 90 days and pages of 50 (121003)', async () => {
    const window = (days: number) => ({ start_time: '0', end_time: String(days * 86_400) })
    expect((await list('12345678')).code).toBe(121003)
    expect((await list('123456789', window(90))).code).toBe(0)
    expect((await list('123456789', window(91))).code).toBe(121003)
    expect((await list('123456789', { page_size: '51' })).code).toBe(121003)
  })
})

describe('vc/v1/meetings/{id}', () => {
  const get = async (meetingId: unknown, more: Query = {}) =>
    open.get(`vc/v1/meetings/${(await open.ids()).videoIds[String(meetingId)]!}`, more)

  it('says 2 while it runs and 3 when it is over, of meetings that belong to the app', async () => {
    const { id } = await open.book({ room: 12, ownApp: true, online: true, attendees: ['liyan'] })
    const { body } = await dialIn({ booking: id })
    expect((await get(body['id'])).data['meeting']).toMatchObject({ status: 2, participant_count: '2' })
    expect((await get(body['id'], { with_participants: 'true' })).data['meeting']).toMatchObject({
      participants: [{ is_host: true }, { is_host: false }],
    })
    open.setNow(mondayMs + 60 * minute)
    expect((await get(body['id'])).data['meeting']).toMatchObject({
      status: 3,
      end_time: sec(mondayMs + 60 * minute),
    })
  })

  it('keeps people’s meetings to themselves (121005), also those the list has', async () => {
    const { id, meetingNumber } = await open.book({ room: 12, online: true })
    const { body } = await dialIn({ booking: id })
    expect(await briefs(meetingNumber)).toHaveLength(1)
    expect(await get(body['id'])).toMatchObject({ status: 403, code: 121005 })
    expect((await open.get('vc/v1/meetings/7590011223344556677')).code).toBe(121004)
  })
})
