import { afterEach, describe, expect, it } from 'vitest'

import type { Fields } from '../../http/fields.ts'
import { eventPath, openDingtalk, type OpenDingtalk, operatorUnionId } from '../../testing/openDingtalk.ts'
import { findByUnionId, roomIdOf } from './vendorIds.ts'

let open: OpenDingtalk
afterEach(() => open.close())

const rooms = [12, 13, 14, 15, 21, 22, 23, 31]
const allItems = async () =>
  (await Promise.all(rooms.map((room) => open.items(room)))).flat() as unknown as readonly {
    readonly eventId: string
    readonly organizer: { readonly id: string }
    readonly status: string
  }[]

describe('the seeded day', () => {
  it('leads from every busy time to its event, except where somebody has left: no title is a case, not a crash', async () => {
    open = await openDingtalk('day')
    await open.sim('PATCH', 'limits', { dingtalkCallsPerSecond: null })
    const answers = await Promise.all(
      (await allItems()).map(async ({ eventId, organizer }) => {
        const person = findByUnionId(open.simulator.world, organizer.id)!
        const { status, body } = await open.calendar('GET', person.userId, eventPath(eventId))
        return { who: person.userId, status, code: body['code'], summary: body['summary'], body }
      }),
    )
    const refused = answers.filter((answer) => answer.status !== 200)
    expect(refused.map(({ who }) => who).sort()).toEqual(['hejun', 'tanghua'])
    expect(refused.every(({ code }) => code === 'permissionDeny')).toBe(true)
    const told = answers.filter((answer) => answer.status === 200)
    expect(told.some(({ summary }) => summary === undefined)).toBe(true)
    expect(told.some(({ body }) => body['onlineMeetingInfo'] !== undefined)).toBe(true)
    expect(told.some(({ body }) => body['isAllDay'] === true)).toBe(true)
    expect(told.some(({ body }) => body['recurrence'] !== undefined)).toBe(true)
  })

  it('has the same bookings as on the other platforms, waiting ones included', async () => {
    open = await openDingtalk('day')
    const nowMs = open.simulator.world.clock.now()
    const today = (await open.bookings()).filter(
      (one) =>
        one['status'] !== 'cancelled' &&
        Number(one['startMs']) < nowMs + 13.5 * 3_600_000 &&
        Number(one['endMs']) > nowMs - 10.5 * 3_600_000,
    )
    const items = await allItems()
    expect(items).toHaveLength(today.length)
    expect(items.filter((item) => item.status === 'TENTATIVE')).toHaveLength(2)
  })

  it('is named by the control API in the platform’s own ids', async () => {
    open = await openDingtalk('day')
    const { body } = await open.sim('GET', 'state')
    const view = body['dingtalk'] as {
      readonly events: readonly Fields[]
      readonly rooms: readonly Fields[]
      readonly operatorUnionId: string
    }
    const told = new Set(view.events.map((event) => event['eventId']))
    for (const item of await allItems()) expect(told).toContain(item.eventId)
    const { body: list } = await open.call('GET', 'rooms/meetingRoomLists', {
      query: { unionId: view.operatorUnionId },
    })
    expect((list['result'] as readonly Fields[]).map((room) => room['roomId'])).toEqual(
      view.rooms.map((room) => room['roomId']),
    )
  })

  it('has the ids the README gives: they stand in people’s settings', async () => {
    open = await openDingtalk()
    expect([operatorUnionId, roomIdOf(12), roomIdOf(31)]).toEqual([
      'EyJX76U8Nfml28iEiE',
      'ad157dc1146b20',
      '93e46ec5b87bd2',
    ])
  })

  it('looks the same in every run: ids in a test’s settings must stay good', async () => {
    open = await openDingtalk('day')
    const first = (await open.sim('GET', 'state')).body['dingtalk']
    await open.sim('POST', 'reset', { seed: 'day' })
    expect((await open.sim('GET', 'state')).body['dingtalk']).toEqual(first)
  })
})

describe('faults', () => {
  it('strike DingTalk’s calls as they strike the others’', async () => {
    open = await openDingtalk('day')
    await open.token()
    const order = (fault: Fields) => open.sim('POST', 'faults', { times: 1, route: 'schedules', ...fault })
    await order({ kind: 'missingFields' })
    expect((await open.busy([12], '16T00:00', '17T00:00')).body).toEqual({})
    await order({ kind: 'status', status: 503, retryAfter: 7 })
    await expect(open.busy([12], '16T00:00', '17T00:00')).rejects.toThrow()
    await order({ kind: 'corrupt' })
    await expect(open.busy([12], '16T00:00', '17T00:00')).rejects.toThrow()
    await order({ kind: 'drop' })
    await expect(open.busy([12], '16T00:00', '17T00:00')).rejects.toThrow()
    expect((await open.busy([12], '16T00:00', '17T00:00')).status).toBe(200)
  })

  it('can lose the answer of a delete, which has no body to lose: the event is gone all the same', async () => {
    open = await openDingtalk('empty')
    await open.sim('POST', 'bookings', { room: 12, booker: 'wangbo' })
    const [item] = await open.items(12)
    await open.sim('POST', 'faults', { kind: 'drop', when: 'after', times: 1 })
    await expect(open.calendar('DELETE', 'wangbo', eventPath(item!['eventId']))).rejects.toThrow()
    expect(await open.items(12)).toEqual([])
  })
})
