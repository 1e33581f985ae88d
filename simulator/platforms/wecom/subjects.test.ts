import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { mondayMs, openSimulator, type OpenSimulator } from '../../testing/openSimulator.ts'

let open: OpenSimulator
const schedules = (ids: readonly unknown[]) => open.post('oa/schedule/get', { schedule_id_list: ids })
const booking = async (more: Record<string, unknown>) =>
  (await open.sim('POST', 'bookings', { room: 12, durationMinutes: 30, ...more })).body
const meeting = async (more: Record<string, unknown> = {}) =>
  (await open.sim('POST', 'meetings', { meetingRoomId: '300417', subject: '版本评审', ...more })).body
const info = (body: Record<string, unknown>) => open.post('meeting/get_info', body)

beforeEach(async () => {
  open = await openSimulator()
})
afterEach(() => open.close())

describe('schedule/get', () => {
  it('tells the subject of the app’s own booking and refuses that of a person with an empty list', async () => {
    const own = await booking({ subject: '门牌试点', ownApp: true })
    const persons = await booking({ subject: '保密会议' })
    expect((await schedules([own['scheduleId']]))['schedule_list']).toMatchObject([{ summary: '门牌试点' }])
    const refused = await schedules([persons['scheduleId']])
    expect(refused).toMatchObject({ errcode: 90466, schedule_list: [] })
    expect(JSON.stringify(refused)).not.toContain('保密')
  })

  it('fails as a whole over one foreign id: names of the others must not get lost for good', async () => {
    const own = await booking({ ownApp: true })
    const persons = await booking({})
    expect(await schedules([own['scheduleId'], persons['scheduleId']])).toMatchObject({
      errcode: 90466,
      schedule_list: [],
    })
  })

  it('still tells cancelled entries, with status 1', async () => {
    const own = await booking({ ownApp: true })
    await open.sim('DELETE', `bookings/${String(own['id'])}`)
    expect((await schedules([own['scheduleId']]))['schedule_list']).toMatchObject([{ status: 1 }])
  })

  it('says how an entry repeats', async () => {
    const { body } = await open.sim('POST', 'schedules', { repeat: 'workday', startMs: mondayMs })
    expect((await schedules([body['id']]))['schedule_list']).toMatchObject([
      { reminders: { is_repeat: 1, repeat_type: 7, timezone: 8 } },
    ])
  })

  it('takes 1 to 1000 ids', async () => {
    const own = await booking({ ownApp: true })
    expect((await schedules([])).errcode).toBe(40058)
    expect((await schedules(Array.from({ length: 1000 }, () => own['scheduleId']))).errcode).toBe(0)
    expect((await schedules(Array.from({ length: 1001 }, () => own['scheduleId']))).errcode).toBe(40058)
  })
})

describe('meeting/get_info', () => {
  it('calls the subject title and gives a length in seconds instead of an end', async () => {
    const { id } = await meeting({ durationMinutes: 45 })
    const answer = await info({ meetingid: id })
    expect(answer).toMatchObject({
      title: '版本评审',
      meeting_start: mondayMs / 1000,
      meeting_duration: 2700,
      status: 2,
    })
    expect(answer).not.toHaveProperty('meeting_end')
  })

  it('knows 1 not started, 2 running, 3 ended, 4 cancelled', async () => {
    const { id } = await meeting({ startInMinutes: 10, durationMinutes: 30 })
    const status = async () => (await info({ meetingid: id }))['status']
    expect(await status()).toBe(1)
    open.setNow(mondayMs + 10 * 60_000)
    expect(await status()).toBe(2)
    open.setNow(mondayMs + 40 * 60_000)
    expect(await status()).toBe(3)
    await open.sim('DELETE', `meetings/${String(id)}`)
    expect(await status()).toBe(4)
  })

  it('refuses meetings of people, deleted and unknown ones', async () => {
    const persons = await meeting({ ownApp: false })
    const deleted = await meeting({ state: 'ENDED' })
    expect((await info({ meetingid: persons['id'] })).errcode).toBe(90602)
    expect((await info({ meetingid: deleted['id'] })).errcode).toBe(730008)
    expect((await info({ meetingid: 'hyNone' })).errcode).toBe(90602)
    expect((await info({})).errcode).toBe(40058)
  })

  it('finds by meeting code only with the advanced feature', async () => {
    const { code } = await meeting()
    expect((await info({ meeting_code: code })).errcode).toBe(0)
    await open.sim('PATCH', 'app', { hasAdvancedMeetings: false })
    expect((await info({ meeting_code: code })).errcode).toBe(40058)
  })

  it('answers 400028 while the meeting app is off', async () => {
    const { id } = await meeting()
    await open.sim('PATCH', 'app', { isMeetingAppOn: false })
    expect((await info({ meetingid: id })).errcode).toBe(400028)
  })
})
