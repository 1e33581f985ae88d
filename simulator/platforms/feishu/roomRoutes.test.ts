import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { Fields } from '../../http/fields.ts'
import { openFeishu, type OpenFeishu } from '../../testing/openFeishu.ts'
import { mondayMs } from '../../testing/openSimulator.ts'

let open: OpenFeishu
type Rooms = readonly (Fields & { readonly name: string })[]
const namesOf = (data: Fields, list = 'rooms') => (data[list] as Rooms).map((room) => room.name)
const roomId = async (id: number) => (await open.ids()).roomIds[id]!
const room = async (id: number) => (await open.get(`vc/v1/rooms/${await roomId(id)}`)).data['room'] as Fields

beforeEach(async () => {
  open = await openFeishu()
})
afterEach(() => open.close())

describe('vc/v1/rooms', () => {
  it('tells a room with its path of levels from the organisation down and its status in seconds as text', async () => {
    const { levelIds } = await open.ids()
    expect(await room(21)).toMatchObject({
      room_id: expect.stringMatching(/^omm_[0-9a-f]{32}$/) as string,
      name: '灵隐',
      capacity: 12,
      room_level_id: levelIds['杭州/滨江一号/5F'],
      path: [levelIds[''], levelIds['杭州'], levelIds['杭州/滨江一号'], levelIds['杭州/滨江一号/5F']],
      device: [{ name: '电视' }, { name: '视频会议' }],
      room_status: { status: true, schedule_status: true },
    })
    expect((await room(15))['path']).toEqual([levelIds['']])
  })

  it('pages with a token only while there is more: a pager that looks for an empty token would never end', async () => {
    const first = await open.get('vc/v1/rooms', { page_size: '5' })
    expect(first.data).toMatchObject({ has_more: true, page_token: expect.any(String) as string })
    const second = await open.get('vc/v1/rooms', {
      page_size: '5',
      page_token: String(first.data['page_token']),
    })
    expect(second.data['has_more']).toBe(false)
    expect(second.data).not.toHaveProperty('page_token')
    expect([...namesOf(first.data), ...namesOf(second.data)]).toHaveLength(8)
  })

  it('keeps to its page sizes and tokens (121003)', async () => {
    for (const query of [{ page_size: '0' }, { page_size: '101' }, { page_size: 'x' }, { page_token: 'x' }])
      expect(await open.get('vc/v1/rooms', query)).toMatchObject({ status: 400, code: 121003 })
    expect((await open.get('vc/v1/rooms', { page_size: '100' })).code).toBe(0)
  })

  it('lists what is below a level; an unknown level is 121004, not an empty building', async () => {
    const { levelIds } = await open.ids()
    const under = async (place: string) =>
      namesOf((await open.get('vc/v1/rooms', { room_level_id: levelIds[place]! })).data)
    expect(await under('杭州/滨江一号/3F')).toEqual(['西湖', '断桥', '曲院'])
    expect(await under('杭州')).toHaveLength(7)
    const unknown = await open.get('vc/v1/rooms', { room_level_id: 'omb_none' })
    expect(unknown).toMatchObject({ status: 404, code: 121004 })
  })

  it('hides a room the app may not see: 121005 with HTTP 404 when asked for, absent from the list', async () => {
    await open.sim('PATCH', 'rooms/12', { isVisible: false })
    const refused = await open.get(`vc/v1/rooms/${await roomId(12)}`)
    expect(refused).toMatchObject({ status: 404, code: 121005 })
    expect(namesOf((await open.get('vc/v1/rooms')).data)).not.toContain('西湖')
    expect(await open.get('vc/v1/rooms/omm_none')).toMatchObject({ status: 404, code: 121004 })
  })

  it('tells many by id and leaves unknown ones out in silence: fewer came than were asked for', async () => {
    const ids = [await roomId(13), 'omm_none', await roomId(12)]
    const { data } = await open.post('vc/v1/rooms/mget', { room_ids: ids })
    expect(namesOf(data, 'items')).toEqual(['断桥', '西湖'])
    const many = Array.from({ length: 21 }, () => ids[0])
    expect((await open.post('vc/v1/rooms/mget', { room_ids: many })).code).toBe(121003)
  })

  it('lets no app search: 99991663 although the token is good, so refreshing it cannot help', async () => {
    expect((await open.post('vc/v1/rooms/search', { keyword: '西湖' })).code).toBe(99991663)
    await open.sim('PATCH', 'quirks', { letsAppsSearchRooms: true })
    expect(namesOf((await open.post('vc/v1/rooms/search', { keyword: '湖' })).data)).toEqual(['西湖'])
  })
})

describe('room_status', () => {
  const close = (fields: Fields) => open.sim('POST', 'closures', { room: 12, ...fields })
  const status = async () => (await room(12))['room_status']

  it('is off for a disabled room', async () => {
    await open.sim('PATCH', 'rooms/12', { isDisabled: true })
    expect(await status()).toMatchObject({ status: false })
  })

  it('announces a coming closure with its times and reason while the room is still on', async () => {
    await close({ startInMinutes: 30, durationMinutes: 60, reason: '空调维修' })
    expect(await status()).toMatchObject({
      status: true,
      schedule_status: false,
      disable_start_time: String(mondayMs / 1000 + 1800),
      disable_end_time: String(mondayMs / 1000 + 5400),
      disable_reason: '空调维修',
    })
  })

  it('stays on when the closure begins, unless told otherwise: only the times say the room is closed', async () => {
    await close({ durationMinutes: 60 })
    expect(await status()).toMatchObject({ status: true })
    await open.sim('PATCH', 'quirks', { closesRoomsByItself: true })
    expect(await status()).toMatchObject({ status: false, schedule_status: true })
    open.setNow(mondayMs + 3_600_000)
    expect(await status()).toEqual({ status: true, schedule_status: true })
  })

  it('says 0 for a closure without end, which is not 1970', async () => {
    await close({ forEver: true })
    expect(await status()).toMatchObject({ disable_end_time: '0' })
  })
})

describe('vc/v1/room_levels', () => {
  const children = async (levelId?: string) =>
    (await open.get('vc/v1/room_levels', levelId === undefined ? {} : { room_level_id: levelId })).data[
      'items'
    ] as Rooms

  it('leads from 0, the organisation, down to the floors', async () => {
    const root = (await open.get('vc/v1/room_levels/0')).data['room_level'] as Fields
    expect(root).toMatchObject({ parent_id: '', has_child: true, path: [root['room_level_id']] })
    const [city] = await children()
    expect(city).toMatchObject({ name: '杭州', parent_id: root['room_level_id'] })
    const [building] = await children(String(city!['room_level_id']))
    const floors = await children(String(building!['room_level_id']))
    expect(floors.map((floor) => [floor.name, floor['has_child']])).toEqual([
      ['3F', false],
      ['5F', false],
      ['8F', false],
    ])
  })

  it('tells many by id', async () => {
    const { levelIds } = await open.ids()
    const { data } = await open.post('vc/v1/room_levels/mget', { level_ids: [levelIds['杭州'], 'omb_none'] })
    expect(namesOf(data, 'items')).toEqual(['杭州'])
  })
})

describe('reserve_configs/reserve_scope', () => {
  const scope = async (id: string, type = '2') =>
    open.get('vc/v1/reserve_configs/reserve_scope', { scope_id: id, scope_type: type })

  it('says under approve_config which room needs approval: a door must not offer to book it', async () => {
    expect((await scope(await roomId(21))).data['approve_config']).toMatchObject({ approval_switch: 1 })
    expect((await scope(await roomId(12))).data['approve_config']).toEqual({ approval_switch: 0 })
  })

  it('has hours as seconds of the day in text, and says who may book', async () => {
    await open.sim('PATCH', 'feishu/rooms/12', { opensAtMin: 480, closesAtMin: 1200 })
    expect((await scope(await roomId(12))).data).toMatchObject({
      time_config: { time_switch: 1, start_time: '28800', end_time: '72000' },
      reserve_scope_config: { allow_all_users: 1 },
    })
  })

  it('is 126001 when the id does not fit its type', async () => {
    const { levelIds } = await open.ids()
    expect((await scope(await roomId(12), '1')).code).toBe(126001)
    expect((await scope(levelIds['杭州']!, '1')).code).toBe(0)
    expect((await scope(await roomId(12), '3')).code).toBe(121003)
  })
})
