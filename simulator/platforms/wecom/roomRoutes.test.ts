import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { openSimulator, type OpenSimulator } from '../../testing/openSimulator.ts'

let open: OpenSimulator
const place = { city: '杭州', building: '滨江一号', floor: '6F' }
const list = async (body: Record<string, unknown> = {}) =>
  (await open.post('oa/meetingroom/list', body))['meetingroom_list'] as readonly Record<string, unknown>[]
const ids = async (body: Record<string, unknown>) => (await list(body)).map((room) => room['meetingroom_id'])
const add = (body: Record<string, unknown>) => open.post('oa/meetingroom/add', { capacity: 4, ...body })
const edit = (body: Record<string, unknown>) =>
  open.post('oa/meetingroom/edit', { meetingroom_id: 12, ...body })

beforeEach(async () => {
  open = await openSimulator()
})
afterEach(() => open.close())

describe('meetingroom/list', () => {
  it('has the documented fields and types; coordinates are text', async () => {
    expect((await list())[0]).toEqual({
      meetingroom_id: 12,
      name: '西湖',
      capacity: 8,
      city: '杭州',
      building: '滨江一号',
      floor: '3F',
      equipment: [1, 4],
      coordinate: { latitude: '30.208400', longitude: '120.212000' },
      need_approval: 0,
    })
  })

  it('leaves place, equipment and need_approval out where there is none: a strict schema would fail on real data', async () => {
    expect((await list()).find((room) => room['meetingroom_id'] === 15)).toEqual({
      meetingroom_id: 15,
      name: '临时洽谈间',
      capacity: 4,
    })
  })

  it('filters by place from the top down and by equipment', async () => {
    expect(await ids({ city: '杭州', building: '滨江一号', floor: '5F' })).toEqual([21, 22, 23])
    expect(await ids({ equipment: [1, 5] })).toEqual([21, 22, 23])
    expect(await ids({ city: '上海' })).toEqual([])
    expect((await open.post('oa/meetingroom/list', { building: '滨江一号' })).errcode).toBe(40058)
    expect((await open.post('oa/meetingroom/list', { city: '杭州', floor: '5F' })).errcode).toBe(40058)
  })

  it('never tells the range, and hides rooms the app may not see', async () => {
    await edit({ range: { user_list: ['chenlu'] } })
    await open.sim('PATCH', 'rooms/13', { isVisible: false })
    expect(JSON.stringify(await list())).not.toContain('range')
    expect(await ids({ ...place, floor: '3F' })).toEqual([12, 14])
  })
})

describe('meetingroom/add, edit, del', () => {
  it('adds a room with the next id and lists it', async () => {
    const answer = await add({ name: '虎跑', equipment: [1, 99], ...place })
    expect(answer).toMatchObject({ errcode: 0, meetingroom_id: 32 })
    expect((await list()).at(-1)).toMatchObject({
      meetingroom_id: 32,
      name: '虎跑',
      equipment: [1, 99],
      ...place,
    })
  })

  it.each([
    ['no name', {}],
    ['a name of 31 characters', { name: '室'.repeat(31) }],
    ['no capacity', { name: '虎跑', capacity: null }],
    ['two of three levels', { name: '虎跑', city: '杭州', floor: '6F' }],
    [
      'another position for a known building',
      { name: '虎跑', ...place, coordinate: { latitude: '1', longitude: '2' } },
    ],
    [
      '1001 people in its range',
      { name: '虎跑', range: { user_list: Array.from({ length: 1001 }, () => 'a') } },
    ],
    ['a coordinate of numbers', { name: '虎跑', ...place, coordinate: { latitude: 30.2, longitude: 120.2 } }],
  ])('refuses %s', async (_, body) => {
    expect((await add(body)).errcode).toBe(40058)
    expect(await list()).toHaveLength(8)
  })

  it('takes a name of exactly 30 characters', async () => {
    expect((await add({ name: '室'.repeat(30) })).errcode).toBe(0)
  })

  it('edits what is sent and keeps the rest', async () => {
    expect(await edit({ name: '西湖（大）' })).toEqual({ errcode: 0, errmsg: 'ok' })
    expect((await list())[0]).toMatchObject({ name: '西湖（大）', capacity: 8, floor: '3F' })
  })

  it('wants all three levels to move a room and does not move a building', async () => {
    expect((await edit({ floor: '4F' })).errcode).toBe(40058)
    expect((await edit({ coordinate: { latitude: '1.0', longitude: '2.0' } })).errcode).toBe(40058)
    expect((await edit({ ...place })).errcode).toBe(0)
    expect((await list())[0]).toMatchObject({ floor: '6F' })
  })

  it('replaces the range as a whole: a merge would keep people who were to be taken out', async () => {
    await edit({ range: { user_list: ['chenlu'], department_list: [7] } })
    await edit({ range: { department_list: [9] } })
    const rooms = (await open.sim('GET', 'state')).body['rooms'] as readonly Record<string, unknown>[]
    expect(rooms.find((room) => room['id'] === 12)).toMatchObject({
      range: { userIds: [], departmentIds: [9] },
    })
  })

  it('deletes a room, which no call finds any more', async () => {
    expect((await open.post('oa/meetingroom/del', { meetingroom_id: 12 })).errcode).toBe(0)
    expect(await ids({})).not.toContain(12)
    expect((await open.post('oa/meetingroom/del', { meetingroom_id: 12 })).errcode).toBe(40058)
    expect((await open.post('oa/meetingroom/get_booking_info', { meetingroom_id: 12 })).errcode).toBe(40058)
  })
})
