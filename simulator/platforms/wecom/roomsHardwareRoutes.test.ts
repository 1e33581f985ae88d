import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { meetingStates } from '../../world/onlineMeeting.ts'
import { dayMs } from '../../world/shanghaiTime.ts'
import { mondayMs, openSimulator, type OpenSimulator } from '../../testing/openSimulator.ts'

let open: OpenSimulator
const range = { start_time: mondayMs / 1000 - 3600, end_time: mondayMs / 1000 + 86_400 }
const listMeetings = (body: Record<string, unknown>) =>
  open.post('meeting/rooms/list_meetings', { meeting_room_id: '300417', ...range, ...body })
const add = async (more: Record<string, unknown> = {}) =>
  (await open.sim('POST', 'meetings', { meetingRoomId: '300417', durationMinutes: 30, ...more })).body
const rows = (answer: Record<string, unknown>) =>
  answer['meeting_info_list'] as readonly Record<string, unknown>[]
const statusOf = async () =>
  (await open.post('meeting/rooms/get_info', { meeting_room_id: '300417' }))['hardware_info']

beforeEach(async () => {
  open = await openSimulator()
})
afterEach(() => open.close())

describe('list_meetings', () => {
  it('has the documented fields', async () => {
    const { id, code } = await add({ subject: '周会' })
    expect(await listMeetings({})).toEqual({
      errcode: 0,
      errmsg: 'ok',
      has_more: false,
      next_cursor: '',
      meeting_info_list: [
        {
          meetingid: id,
          meeting_code: code,
          subject: '周会',
          status: 'MEETING_STATE_STARTED',
          meeting_type: 0,
          start_time: mondayMs / 1000,
          end_time: mondayMs / 1000 + 1800,
        },
      ],
    })
  })

  it('shows only the app’s own meetings: an empty list does not prove a free room', async () => {
    await add({ ownApp: false })
    expect(rows(await listMeetings({}))).toEqual([])
    expect(await statusOf()).toMatchObject({ meeting_room_status: 3 })
  })

  it('tells every state there is', async () => {
    for (const state of meetingStates) await add({ state })
    expect(rows(await listMeetings({})).map((row) => row['status'])).toEqual(
      meetingStates.map((state) => `MEETING_STATE_${state}`),
    )
  })

  it('lets states follow the clock: nobody in it stays INIT, past the end NULL, after 30 days RECYCLED', async () => {
    await add({ isAttended: false })
    await add({ isAttended: false, type: 6 })
    const states = async () => rows(await listMeetings({})).map((row) => row['status'])
    expect(await states()).toEqual(['MEETING_STATE_INIT', 'MEETING_STATE_ABOUT_TO_START'])
    open.setNow(mondayMs + 1_800_000)
    expect(await states()).toEqual(['MEETING_STATE_NULL', 'MEETING_STATE_NULL'])
    open.setNow(mondayMs + 30 * dayMs)
    await open.sim('POST', 'tokens/rotate')
    const token = await open.get(
      'gettoken',
      { corpid: 'ww0123456789abcdef', corpsecret: 'simulator-secret-wecom' },
      null,
    )
    const late = await open.post(
      'meeting/rooms/list_meetings',
      { meeting_room_id: '300417', ...range },
      String(token['access_token']),
    )
    expect(rows(late).map((row) => row['status'])).toEqual([
      'MEETING_STATE_RECYCLED',
      'MEETING_STATE_RECYCLED',
    ])
  })

  it('pages with a cursor and the limit it began with', async () => {
    for (let index = 0; index < 25; index += 1) await add({ startInMinutes: index })
    const first = await listMeetings({ limit: 20 })
    expect(first['has_more']).toBe(true)
    expect(rows(first)).toHaveLength(20)
    const second = await listMeetings({ limit: 20, cursor: first['next_cursor'] })
    expect(second).toMatchObject({ has_more: false, next_cursor: '' })
    expect(new Set([...rows(first), ...rows(second)].map((row) => row['meetingid'])).size).toBe(25)
    expect((await listMeetings({ limit: 10, cursor: first['next_cursor'] })).errcode).toBe(50100)
    expect((await listMeetings({ cursor: 'made-up' })).errcode).toBe(50100)
    expect((await listMeetings({ cursor: first['next_cursor'], end_time: range.end_time + 1 })).errcode).toBe(
      50100,
    )
  })

  it('has 20 a page by default and at most', async () => {
    for (let index = 0; index < 21; index += 1) await add()
    expect(rows(await listMeetings({}))).toHaveLength(20)
    expect((await listMeetings({ limit: 21 })).errcode).toBe(40058)
    expect((await listMeetings({ limit: 0 })).errcode).toBe(40058)
  })

  it('spans 90 days and no more', async () => {
    const end = range.start_time + 90 * 86_400
    expect((await listMeetings({ end_time: end })).errcode).toBe(0)
    expect((await listMeetings({ end_time: end + 1 })).errcode).toBe(40058)
    expect((await listMeetings({ end_time: range.start_time })).errcode).toBe(40058)
  })

  it('wants one of the two ids and finds a room by its device', async () => {
    await add()
    const byDevice = { ...range, rooms_id: '200300417' }
    expect(rows(await open.post('meeting/rooms/list_meetings', byDevice))).toHaveLength(1)
    expect((await open.post('meeting/rooms/list_meetings', range)).errcode).toBe(40058)
    expect((await listMeetings({ rooms_id: '200300417' })).errcode).toBe(40058)
    expect((await listMeetings({ meeting_room_id: '404' })).errcode).toBe(40058)
  })
})

describe('rooms/list, get_info, list_devices', () => {
  it('finds rooms by part of the name, 50 a page at most', async () => {
    const answer = await open.post('meeting/rooms/list', { meeting_room_name: '西', limit: 50 })
    expect(answer['meeting_room_list']).toMatchObject([
      { meeting_room_id: '300417', meeting_room_name: '西湖', meeting_room_status: 2, scheduled_status: 1 },
    ])
    expect((await open.post('meeting/rooms/list', { limit: 51 })).errcode).toBe(40058)
  })

  it('shows 3 while somebody is in a meeting, 2 after, and what an administrator sets', async () => {
    await add({ ownApp: false })
    expect(await statusOf()).toMatchObject({ meeting_room_status: 3 })
    open.setNow(mondayMs + 1_800_000)
    expect(await statusOf()).toMatchObject({ meeting_room_status: 2 })
    await open.sim('PATCH', 'devices/300417', { status: 4 })
    const devices = await open.post('meeting/rooms/list_devices', { meeting_room_name: '西湖' })
    expect(devices['device_info_list']).toMatchObject([{ rooms_id: '200300417', meeting_room_status: 4 }])
  })

  it('carries passwords in base64, which no panel may keep', async () => {
    const answer = await open.post('meeting/rooms/get_info', { meeting_room_id: '300417' })
    const { password } = answer['basic_info'] as { password: string }
    expect(Buffer.from(password, 'base64').toString()).toBe('simulator-rooms-password')
  })

  it('answers 730007 to a company without the paid feature', async () => {
    await open.sim('PATCH', 'app', { hasAdvancedMeetings: false })
    for (const name of ['list', 'get_info', 'list_devices', 'list_meetings'])
      expect((await open.post(`meeting/rooms/${name}`, { meeting_room_id: '300417' })).errcode).toBe(730007)
  })
})
