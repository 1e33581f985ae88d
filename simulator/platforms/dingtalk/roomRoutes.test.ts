import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { Fields } from '../../http/fields.ts'
import { at, openDingtalk, type OpenDingtalk, operatorUnionId } from '../../testing/openDingtalk.ts'
import { roomIdOf, unionIdOf } from './vendorIds.ts'

let open: OpenDingtalk
const list = (query: Record<string, string> = {}) =>
  open.call('GET', 'rooms/meetingRoomLists', { query: { unionId: operatorUnionId, ...query } })
const namesOf = (body: Fields) => (body['result'] as readonly Fields[]).map((room) => room['roomName'])
const detail = (room: number, unionId = operatorUnionId) =>
  open.call('GET', `rooms/meetingRooms/${roomIdOf(room)}`, { query: { unionId } })
const config = async (room: number) =>
  ((await detail(room)).body['result'] as { readonly extensionConfig: Fields }).extensionConfig

beforeEach(async () => {
  open = await openDingtalk()
})
afterEach(() => open.close())

describe('meetingRoomLists', () => {
  it('tells a room as the documents do, with an id that is a text', async () => {
    const { body } = await list()
    expect(body).toMatchObject({ hasMore: false })
    expect((body['result'] as readonly Fields[])[0]).toEqual({
      roomId: expect.stringMatching(/^[0-9a-f]{14}$/) as string,
      corpId: 'dingsimulatorcorp',
      roomName: '西湖',
      roomStatus: 0,
      roomLabels: [
        { labelId: 1, labelName: '电视' },
        { labelId: 4, labelName: '白板' },
      ],
      roomCapacity: 8,
      roomLocation: { title: '滨江一号', desc: '杭州 3F' },
      isvRoomId: 'office-12',
      roomGroup: { groupId: 101, groupName: '3F', parentId: 100 },
    })
  })

  it('leaves out the objects a room has nothing for', async () => {
    const { body } = await list()
    const bare = (body['result'] as readonly Fields[]).find((room) => room['roomName'] === '临时洽谈间')
    expect(Object.keys(bare!)).toEqual(['roomId', 'corpId', 'roomName', 'roomStatus', 'roomCapacity'])
  })

  it('pages by a long number to the end; the last page has a token too, which leads nowhere', async () => {
    const names = []
    let query: Record<string, string> = { maxResults: '3' }
    for (let page = 0; page < 3; page += 1) {
      const { body } = await list(query)
      names.push(...namesOf(body))
      expect(body['hasMore']).toBe(page < 2)
      expect(Number(body['nextToken'])).toBeGreaterThan(2 ** 32)
      query = { maxResults: '3', nextToken: String(body['nextToken']) }
    }
    expect(names).toHaveLength(8)
    expect(new Set(names).size).toBe(8)
    expect((await list(query)).body).toMatchObject({ hasMore: false, result: [] })
  })

  it('may hold less on a page than was asked for: a short page is not the last one', async () => {
    await open.sim('PATCH', 'limits', { dingtalkRoomsPerPage: 5 })
    const { body } = await list({ maxResults: '100' })
    expect([namesOf(body).length, body['hasMore']]).toEqual([5, true])
  })

  it('shows the first page for ever under repeatCursor, with a token of the right type', async () => {
    await open.sim('POST', 'faults', { kind: 'repeatCursor', route: 'meetingRoomLists' })
    const first = await list({ maxResults: '3' })
    expect(first.body).toMatchObject({ hasMore: true, nextToken: 777 })
    expect((await list({ maxResults: '3', nextToken: '777' })).body).toEqual(first.body)
  })

  it('shows the rooms the operator may see', async () => {
    await open.sim('PATCH', 'rooms/13', { isVisible: false })
    await open.post('oa/meetingroom/edit', { meetingroom_id: 14, range: { user_list: ['chenlu'] } })
    expect(namesOf((await list()).body)).toHaveLength(6)
    const asChenlu = await list({ unionId: unionIdOf('chenlu') })
    expect((asChenlu.body['result'] as readonly Fields[])[1]).toMatchObject({
      roomName: '曲院',
      roomStatus: 2,
    })
  })

  it.each([
    [{ unionId: '' }, 'param.error'],
    [{ maxResults: '101' }, 'param.error'],
    [{ maxResults: 'many' }, 'param.error'],
    [{ nextToken: '1' }, 'param.error'],
    [{ unionId: 'nobody' }, 'user.not.employee'],
    [{ unionId: unionIdOf('tanghua') }, 'user.not.employee'],
  ])('%j is 400 %s: an operator who left must not look like a company without rooms', async (query, code) => {
    expect(await list(query)).toMatchObject({ status: 400, body: { code } })
  })
})

describe('groupLists and groups', () => {
  it('wraps all groups and does not wrap one', async () => {
    const query = { unionId: operatorUnionId }
    const all = await open.call('GET', 'rooms/groupLists', { query })
    expect((all.body['result'] as readonly Fields[])[1]).toEqual({
      groupId: 101,
      groupName: '3F',
      parentId: 100,
    })
    const one = await open.call('GET', 'rooms/groups/101', { query })
    expect(one.body).toEqual({ groupId: 101, groupName: '3F', parentId: 100 })
  })
})

describe('meetingRooms/{roomId}', () => {
  it('tells what a room demands of bookings: a button that cannot work must not be there', async () => {
    expect((await detail(12)).body['result']).toMatchObject({
      roomName: '西湖',
      enableCycleReservation: true,
      roomUnionId: expect.any(String) as string,
      extensionConfig: {
        openReservation: true,
        minReservationTimeInterval: 15,
        maxReservationTimeInterval: 240,
        approvalSwitch: false,
      },
    })
    expect(await config(21)).toMatchObject({ approvalSwitch: true, approvalType: 1 })
    expect(await config(15)).not.toHaveProperty('approvalSwitch')
    expect(await config(23)).toMatchObject({
      advanceReservation: {
        advanceReservationTime: 30,
        advanceReservationTimeUnit: 'days',
        advanceBookTimeFormat: '00:00',
      },
    })
  })

  it('follows the rules an administrator changes', async () => {
    const rules = { isDisabled: true, minMinutes: 60, maxMinutes: 0, allowsRepeating: false }
    await open.sim('PATCH', 'rooms/12', rules)
    expect((await detail(12)).body['result']).toMatchObject({ enableCycleReservation: false })
    expect(await config(12)).toMatchObject({
      openReservation: false,
      minReservationTimeInterval: 60,
      maxReservationTimeInterval: 0,
    })
  })

  it('tells the closure of now with its reason and end, and of one for ever no end', async () => {
    expect(await config(12)).not.toHaveProperty('reservationCloseDetail')
    await open.sim('POST', 'closures', {
      room: 12,
      startMs: at('16T11:00'),
      durationMinutes: 60,
      reason: '消防演练',
    })
    const { body: now } = await open.sim('POST', 'closures', { room: 12, startInMinutes: -5, forEver: true })
    expect((await config(12))['reservationCloseDetail']).toEqual({
      taskStartTime: at('16T10:15'),
      closeReason: '设备检修',
      contactUnionId: unionIdOf('huangjing'),
      contactNick: '黄静',
      sendNotify: false,
    })
    await open.sim('DELETE', `closures/${String(now['id'])}`)
    expect((await config(12))['reservationCloseDetail']).toMatchObject({
      taskStartTime: at('16T11:00'),
      taskEndTime: at('16T12:00'),
      closeReason: '消防演练',
    })
    open.setNow(at('16T12:00'))
    expect(await config(12)).not.toHaveProperty('reservationCloseDetail')
  })

  it('is room.not.found for a room that is gone, hidden or made up', async () => {
    await open.sim('PATCH', 'rooms/13', { isVisible: false })
    for (const room of [13, 404])
      expect(await detail(room)).toMatchObject({ status: 400, body: { code: 'room.not.found' } })
    expect((await detail(12, 'nobody')).body['code']).toBe('user.not.employee')
  })
})
