import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { Fields } from '../../http/fields.ts'
import { openFeishu, type OpenFeishu, type Query } from '../../testing/openFeishu.ts'
import { mondayMs } from '../../testing/openSimulator.ts'

let open: OpenFeishu
type Row = Readonly<Record<string, string>>
const at = (text: string): number => Date.parse(`2026-03-${text}:00+08:00`)
const seconds = (text: string): string => String(at(text) / 1000)
const minute = 60_000
const day = { start_time: seconds('16T00:00'), end_time: String(at('17T00:00') / 1000 - 1) }
const roomId = async (id: number) => (await open.ids()).roomIds[id]!
const query = async (more: Query = {}) =>
  open.get('vc/v1/resource_reservation_list', {
    room_level_id: '0',
    room_ids: await roomId(12),
    need_topic: 'true',
    ...day,
    ...more,
  })
const rows = async (more: Query = {}) => (await query(more)).data['room_reservation_list'] as readonly Row[]
const row = async (more: Query = {}) => (await rows(more))[0]!
const set = (fields: Fields) => open.sim('PATCH', 'feishu', fields)
const quirk = (name: string) => open.sim('PATCH', 'quirks', { [name]: true })
const move = (id: string, fields: Fields) => open.sim('PATCH', `bookings/${id}`, fields)

beforeEach(async () => {
  open = await openFeishu()
})
afterEach(() => open.close())

describe('the question', () => {
  it('needs a level, rooms and both times (121003); room_ids only as repeated keys', async () => {
    for (const name of ['room_level_id', 'room_ids', 'start_time', 'end_time'])
      expect(await query({ [name]: [] }), name).toMatchObject({ status: 400, code: 121003 })
    expect((await query({ room_ids: [], 'room_ids[]': [await roomId(12)] })).code).toBe(121003)
    expect((await query({ room_ids: [await roomId(12), await roomId(13)] })).code).toBe(0)
    expect((await query({ is_exclude: 'yes' })).code).toBe(121003)
  })

  it('must not start after the server’s now (126005): a panel whose clock is fast has to step back', async () => {
    const from = (ms: number) =>
      query({ start_time: String(ms / 1000), end_time: String(mondayMs / 1000 + 3600) })
    expect((await from(mondayMs)).code).toBe(0)
    expect(await from(mondayMs + 1000)).toMatchObject({ status: 400, code: 126005 })
    expect((await from(-1000)).code).toBe(126005)
    await open.sim('POST', 'clock', { skewMs: -minute })
    expect((await from(mondayMs)).code).toBe(126005)
  })

  it('spans less than a day (126006); exactly a day is refused unless told otherwise', async () => {
    const until = (text: string) => query({ end_time: seconds(text) })
    expect((await query()).code).toBe(0)
    expect(await until('17T00:00')).toMatchObject({ status: 400, code: 126006 })
    expect((await until('16T00:00')).code).toBe(126006)
    await quirk('takesWholeDayWindow')
    expect((await until('17T00:00')).code).toBe(0)
    expect((await until('17T00:01')).code).toBe(126006)
  })

  it('takes pages of 20 to 100 and no other (121003): the 10 of other lists is an error here', async () => {
    for (const [size, code] of [
      ['10', 121003],
      ['20', 0],
      ['100', 0],
      ['101', 121003],
    ] as const)
      expect((await query({ page_size: size })).code, size).toBe(code)
  })

  it('falls back to the organisation for a level id that is none, but not for an unknown omb', async () => {
    expect((await query({ room_level_id: 'omb_none' })).code).toBe(121004)
    await open.book({ room: 31 })
    const names = (await rows({ room_level_id: 'nonsense', is_exclude: 'true' })).map(
      (one) => one['room_name'],
    )
    expect(names).toEqual(['雷峰'])
  })

  it('with is_exclude lists the level without the rooms; without it the rooms whatever the level', async () => {
    const { levelIds } = await open.ids()
    for (const room of [12, 13, 31]) await open.book({ room })
    const level = { room_level_id: levelIds['杭州/滨江一号/3F']! }
    const named = async (more: Query) => (await rows(more)).map((one) => one['room_name'])
    expect(await named({ ...level, is_exclude: 'true' })).toEqual(['断桥'])
    expect(await named({ ...level, room_ids: await roomId(31) })).toEqual(['雷峰'])
  })

  it('answers nothing and no error for a room nobody knows: no rows are no proof of free', async () => {
    expect(await rows({ room_ids: `omm_${'0'.repeat(32)}` })).toEqual([])
  })

  it('is 121005 with 403 when the app’s maker may not manage meetings, whatever the scopes', async () => {
    await set({ isMadeByMeetingAdmin: false })
    expect(await query()).toMatchObject({ status: 403, code: 121005 })
  })

  it('pages through all rows once', async () => {
    for (let index = 0; index < 25; index += 1)
      await open.book({ room: 12, subject: `m${index}`, startMs: at('16T00:00') + index * 30 * minute })
    const first = await query()
    expect(first.data['has_more']).toBe(true)
    const second = await query({ page_token: String(first.data['page_token']) })
    expect(second.data).not.toHaveProperty('page_token')
    const titles = [first, second].flatMap((page) =>
      (page.data['room_reservation_list'] as readonly Row[]).map((one) => one['event_title']),
    )
    expect(new Set(titles).size).toBe(25)
  })
})

describe('a row', () => {
  it('is all text, with people, department, counts and times in brackets, and has no id of the event', async () => {
    const { uid } = await open.book({
      room: 12,
      subject: '版本评审',
      booker: 'wangbo',
      attendees: ['liyan', 'chenlu'],
      startMs: at('16T14:00'),
    })
    const found = await row()
    const { openIds } = await open.ids()
    expect(found).toMatchObject({
      room_id: await roomId(12),
      room_name: '西湖',
      event_title: '版本评审',
      reserver: '王博',
      reserver_user_id: `${openIds['wangbo']!}(UserID)`,
      department_of_reserver: '研发中心',
      guests_number: '3',
      accepted_number: '2',
      event_start_time: '2026.03.16 14:00:00 (GMT+08:00)',
      event_end_time: '2026.03.16 15:00:00 (GMT+08:00)',
      event_duration: '1:00:00',
      reservation_status: '预定成功',
      room_check_in_status: '待签到',
    })
    expect(Object.values(found).every((value) => typeof value === 'string')).toBe(true)
    expect(JSON.stringify(found)).not.toContain(uid)
  })

  it('has no title unless need_topic is true', async () => {
    await open.book({ room: 12 })
    expect(await row({ need_topic: 'false' })).not.toHaveProperty('event_title')
    expect(await row({ need_topic: [] })).not.toHaveProperty('event_title')
  })

  it('names the person and the app of a booking the app made, split by a semicolon', async () => {
    await open.book({ room: 12, ownApp: true, contact: 'huangjing' })
    const { openIds } = await open.ids()
    expect(await row()).toMatchObject({
      reserver_user_id: `${openIds['huangjing']!}(UserID);cli_simulator(BotID)`,
      department_of_reserver: '-',
    })
  })

  it('writes its times in an offset of its own: the join with busy times is by instant', async () => {
    await open.book({ room: 12, startMs: at('16T14:00') })
    await set({ listOffsetMinutes: 420 })
    expect((await row())['event_start_time']).toBe('2026.03.16 13:00:00 (GMT+07:00)')
    await set({ listOffsetMinutes: -210 })
    expect((await row())['event_start_time']).toBe('2026.03.16 02:30:00 (GMT-03:30)')
  })

  it('writes lengths with and without a leading zero', async () => {
    await open.book({ room: 12, startMs: at('16T14:00'), durationMinutes: 45 })
    await open.book({ room: 12, startMs: at('16T15:00'), durationMinutes: 90 })
    expect((await rows()).map((one) => one['event_duration'])).toEqual(['1:30:00', '00:45:00'])
  })

  it('has blanks as "-", "" or nothing: a "-" for an early release is not a release', async () => {
    await open.book({ room: 12 })
    const found = await row()
    expect(found).toMatchObject({ is_release_early: '-', check_in_time: '-', releasing_person: '' })
    expect(found).not.toHaveProperty('releasing_time')
    const columns = ['is_release_early', 'check_in_device', 'releasing_person', 'releasing_time']
    for (const [blanks, value] of [
      ['empty', ''],
      ['dash', '-'],
      ['missing', undefined],
    ] as const) {
      await set({ blanks })
      const next = await row()
      expect(columns.map((column) => next[column])).toEqual(columns.map(() => value))
    }
  })

  it('tells a private meeting like any other: what must be masked is known from the busy times alone', async () => {
    await open.book({ room: 12, subject: '绩效面谈', private: true })
    expect(await row()).toMatchObject({ event_title: '绩效面谈', reserver: '陈璐' })
    await quirk('hidesPrivateTitles')
    expect(await row()).not.toHaveProperty('event_title')
  })
})

describe('reservation_status', () => {
  const status = async () => (await row())['reservation_status']

  it('is 审批中 while a booking waits, which the busy times do not tell', async () => {
    await open.book({ room: 12, status: 'inApproval' })
    expect(await status()).toBe('审批中')
  })

  it.each([
    ['manual', '已释放（手动释放）'],
    ['afterEnd', '已释放（会议结束后自动释放）'],
    ['noShow', '已释放（未签到被释放）'],
    ['sensor', '已释放（传感器自动释放）'],
  ])('and is_release_early say %s as %s', async (release, text) => {
    const { id } = await open.book({ room: 12, booker: 'wangbo' })
    open.setNow(mondayMs + 20 * minute)
    await move(id, { release })
    expect(await row()).toMatchObject({
      reservation_status: text,
      is_release_early: text,
      releasing_time: '2026.03.16 10:40:00 (GMT+08:00)',
      releasing_person: release === 'manual' ? '王博' : '',
    })
  })

  it('stays 预定成功 until a release ahead has come: the text of the release alone frees no room', async () => {
    const { id } = await open.book({ room: 12 })
    await move(id, { release: 'afterEnd', releaseAtMs: mondayMs + 30 * minute })
    expect(await row()).toMatchObject({
      reservation_status: '预定成功',
      is_release_early: '已释放（会议结束后自动释放）',
    })
    open.setNow(mondayMs + 30 * minute)
    expect(await status()).toBe('已释放（会议结束后自动释放）')
  })

  it('can stay 预定成功 beside an early release, as the documents’ own sample has it', async () => {
    await quirk('keepsBookedText')
    const { id } = await open.book({ room: 12 })
    await move(id, { release: 'manual' })
    expect(await row()).toMatchObject({
      reservation_status: '预定成功',
      is_release_early: '已释放（手动释放）',
    })
  })

  it('can be a text no document has', async () => {
    await open.book({ room: 12, reservationText: '保洁中' })
    expect(await status()).toBe('保洁中')
  })

  it('is taken back with the release', async () => {
    const { id } = await open.book({ room: 12 })
    await move(id, { release: 'manual' })
    await move(id, { release: 'none' })
    expect(await row()).toMatchObject({ reservation_status: '预定成功', is_release_early: '-' })
  })

  it('has no row of a cancelled booking, or one with a text nobody documents', async () => {
    await open.book({ room: 12, status: 'cancelled' })
    expect(await rows()).toEqual([])
    await quirk('listsCancelledRows')
    expect(await status()).toBe('已取消')
  })
})

describe('room_check_in_status', () => {
  const status = async () => (await row())['room_check_in_status']

  it('follows the clock through the window: waiting, open, missed', async () => {
    await open.book({ room: 12, startMs: mondayMs + 20 * minute })
    expect(await status()).toBe('待签到')
    open.setNow(mondayMs + 10 * minute)
    expect(await status()).toBe('签到时间未结束')
    open.setNow(mondayMs + 30 * minute)
    expect(await status()).toBe('超时未签到')
  })

  it('says who checked in when and where', async () => {
    const { id } = await open.book({ room: 12 })
    await move(id, { checkIn: 'checkedIn' })
    expect(await row()).toMatchObject({
      room_check_in_status: '已签到',
      check_in_device: '签到板',
      check_in_time: '2026.03.16 10:20:00 (GMT+08:00)',
    })
  })

  it('says why no check-in is needed, or possible', async () => {
    const of = async (room: number) => (await row({ room_ids: await roomId(room) }))['room_check_in_status']
    for (const room of [12, 14, 15]) await open.book({ room })
    expect(await of(14)).toBe('无需签到（未开启签到设置）')
    expect(await of(15)).toBe('无需签到（未安装签到设备）')
    await open.sim('PATCH', 'rooms/12', { isDisabled: true })
    expect(await of(12)).toBe('不可签到（会议室被禁用）')
  })

  it.each([
    ['panel', '签到板', 'display'],
    ['qr', '签到二维码', 'QR code'],
    ['controller', '控制器', 'controller'],
    ['touchScreen', '触屏版', 'touch display'],
    ['autoOffline', '设备离线，自动签到', 'device offline, auto checkin'],
  ])('names the device %s', async (checkInDevice, zh, en) => {
    await open.book({ room: 12, checkIn: 'checkedIn', checkInDevice })
    expect((await row())['check_in_device']).toBe(zh)
    await set({ textLanguage: 'en' })
    expect((await row())['check_in_device']).toBe(en)
  })

  it('speaks English where that is set, with the words Lark’s own sample has', async () => {
    const { id } = await open.book({ room: 12, checkIn: 'checkedIn' })
    await set({ textLanguage: 'en' })
    expect(await row()).toMatchObject({
      reservation_status: 'reserve success',
      room_check_in_status: 'checkin',
    })
    await move(id, { release: 'manual' })
    expect(await row()).toMatchObject({ reservation_status: 'released', is_release_early: 'released' })
  })

  it('can be a text no document has', async () => {
    await open.book({ room: 12, checkInText: '签到异常' })
    expect(await status()).toBe('签到异常')
  })
})

describe('freshness', () => {
  it('shows what is ahead within the window, or only what has begun', async () => {
    await open.book({ room: 12, startMs: at('16T18:00') })
    expect(await rows()).toHaveLength(1)
    await quirk('listsOnlyBegun')
    expect(await rows()).toEqual([])
  })

  it('can lag behind: a new booking is busy before the list has it', async () => {
    await set({ listLagMs: 60_000 })
    await open.book({ room: 12 })
    expect(await rows()).toEqual([])
    open.setNow(mondayMs + 60_000)
    expect(await rows()).toHaveLength(1)
  })
})
