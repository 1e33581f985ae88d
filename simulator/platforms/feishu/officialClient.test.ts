import { createRequire } from 'node:module'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { Fields } from '../../http/fields.ts'
import { openFeishu, type OpenFeishu } from '../../testing/openFeishu.ts'
import { mondayMs } from '../../testing/openSimulator.ts'

/**
 * The vendor's own client reads the simulator's answers: code none of us wrote. Its own types promise more than the
 * documents do, so it is loaded by name and read through these.
 */
interface Answer {
  readonly code: number
  readonly data: Fields
}
type Payload = Readonly<Record<string, unknown>>
type Api = Readonly<Record<string, (payload?: Payload) => Promise<Answer>>>
interface Client {
  readonly vc: Readonly<Record<string, Api>>
  readonly calendar: Readonly<Record<string, Api>>
  readonly contact: Readonly<Record<string, Api>>
  request(payload: Payload): Promise<Answer>
}
interface Sdk {
  readonly Client: new (options: Payload) => Client
}

const load = createRequire(import.meta.url)
const packageName = '@larksuiteoapi/node-sdk'

let open: OpenFeishu
let client: Client

/** Where the client keeps its token; its own cache would outlive the simulator. */
function createCache() {
  const values = new Map<unknown, unknown>()
  return {
    get: (key: unknown) => Promise.resolve(values.get(key)),
    set: (key: unknown, value: unknown) => {
      values.set(key, value)
      return Promise.resolve(true)
    },
  }
}

const nothing = () => undefined
const silent = { error: nothing, warn: nothing, info: nothing, debug: nothing, trace: nothing }
const seconds = (ms: number) => String(ms / 1000)
const primary = { calendar_id: 'primary' }

describe(`the official client ${packageName}`, () => {
  beforeEach(async () => {
    open = await openFeishu()
    const { Client: Vendor } = load(packageName) as Sdk
    client = new Vendor({
      appId: 'cli_simulator',
      appSecret: 'simulator-secret-feishu',
      domain: open.url,
      cache: createCache(),
      logger: silent,
    })
  })
  afterEach(() => open.close())

  it('gets its token by itself and walks through all rooms, page by page', async () => {
    const names: unknown[] = []
    const pages = (await client.vc['room']!['listWithIterator']!({
      params: { page_size: 3 },
    })) as unknown as AsyncIterable<{ readonly rooms: readonly { readonly name: string }[] }>
    for await (const page of pages) names.push(...page.rooms.map((room) => room.name))
    expect(names).toHaveLength(8)
    expect((await open.sim('GET', 'state')).body['calls']).toMatchObject({
      '/open-apis/auth/v3/tenant_access_token/internal': 1,
      '/open-apis/vc/v1/rooms': 3,
    })
  })

  it('reads rooms, levels and booking limits by id', async () => {
    const { roomIds } = await open.ids()
    const { vc } = client
    const path = { room_id: roomIds['12'] }
    expect((await vc['room']!['get']!({ path })).data).toMatchObject({ room: { name: '西湖' } })
    const many = await vc['room']!['mget']!({ data: { room_ids: [roomIds['12'], roomIds['13']] } })
    const items = many.data['items'] as readonly { readonly path: readonly string[] }[]
    expect(items).toHaveLength(2)
    const root = await vc['roomLevel']!['get']!({ path: { room_level_id: '0' } })
    expect(root.data).toMatchObject({ room_level: { has_child: true } })
    const levelIds = items[0]!.path
    const levels = await vc['roomLevel']!['mget']!({ data: { level_ids: levelIds } })
    expect((levels.data['items'] as readonly Fields[]).map((level) => level['room_level_id'])).toEqual(
      levelIds,
    )
    const limits = await vc['reserveConfig']!['reserveScope']!({
      params: { scope_id: roomIds['21']!, scope_type: '2' },
    })
    expect(limits.data).toMatchObject({ approve_config: { approval_switch: 1 } })
  })

  it('repeats room_ids as the reservation list wants it', async () => {
    await open.book({ room: 12, subject: '版本评审' })
    await open.book({ room: 13, subject: '接口联调' })
    const { roomIds } = await open.ids()
    const { data } = await client.vc['resourceReservationList']!['get']!({
      params: {
        room_level_id: '0',
        room_ids: [roomIds['12'], roomIds['13']],
        need_topic: true,
        start_time: seconds(mondayMs - 3_600_000),
        end_time: seconds(mondayMs + 3_600_000),
        page_size: 20,
      },
    })
    expect(data['room_reservation_list']).toMatchObject([
      { event_title: expect.any(String) as string, reservation_status: '预定成功' },
      { event_title: expect.any(String) as string },
    ])
  })

  it('reads busy times and titles by its general call, which has no methods for them', async () => {
    const { uid } = await open.book({ room: 12, subject: '版本评审' })
    const { roomIds } = await open.ids()
    const query = new URLSearchParams({
      room_ids: roomIds['12']!,
      time_min: '2026-03-16T00:00:00+08:00',
      time_max: '2026-03-17T00:00:00+08:00',
    })
    const busy = await client.request({
      method: 'GET',
      url: `/open-apis/meeting_room/freebusy/batch_get?${query.toString()}`,
    })
    expect(busy.data['free_busy']).toMatchObject({ [roomIds['12']!]: [{ uid }] })
    const titles = await client.request({
      method: 'POST',
      url: '/open-apis/meeting_room/summary/batch_get',
      data: { EventUids: [{ uid, original_time: 0 }] },
    })
    expect(titles.data['EventInfos']).toMatchObject([{ summary: '版本评审' }])
  })

  it('gives a room back by its general call', async () => {
    const { uid } = await open.book({ room: 12, startMs: mondayMs - 600_000, durationMinutes: 60 })
    const isTaken = () => open.simulator.world.bookings.isTaken(12, mondayMs, mondayMs + 60_000)
    expect(isTaken()).toBe(true)
    const { roomIds } = await open.ids()
    const reply = await client.request({
      method: 'POST',
      url: '/open-apis/meeting_room/instance/reply',
      data: { room_id: roomIds['12'], uid, original_time: 0, status: 'ENDED_BEFORE_DUE' },
    })
    expect(reply.code).toBe(0)
    expect(isTaken()).toBe(false)
  })

  it('finds a running video meeting and a name', async () => {
    const { id, meetingNumber } = await open.book({ room: 12, online: true })
    await open.sim('POST', 'meetings', { booking: id })
    const { data } = await client.vc['meeting']!['listByNo']!({
      params: {
        meeting_no: meetingNumber,
        start_time: seconds(mondayMs),
        end_time: seconds(mondayMs + 60_000),
      },
    })
    expect(data['meeting_briefs']).toMatchObject([{ meeting_no: meetingNumber }])
    const { openIds } = await open.ids()
    const user = await client.contact['user']!['get']!({ path: { user_id: openIds['wangbo']! } })
    expect(user.data).toMatchObject({ user: { name: '王博' } })
  })

  it('books a room, extends it and takes it back', async () => {
    const { calendar } = client
    const { roomIds, openIds } = await open.ids()
    const own = await calendar['calendar']!['primary']!({})
    expect(own.data['calendars']).toMatchObject([{ calendar: { calendar_id: expect.any(String) as string } }])
    const span = (minutes: number) => ({
      start_time: { timestamp: seconds(mondayMs) },
      end_time: { timestamp: seconds(mondayMs + minutes * 60_000) },
    })
    const made = await calendar['calendarEvent']!['create']!({
      path: primary,
      params: { idempotency_key: 'a'.repeat(32) },
      data: { summary: '门口预订', ...span(30) },
    })
    const path = { ...primary, event_id: String((made.data['event'] as Fields)['event_id']) }
    const attendees = [{ type: 'resource', room_id: roomIds['12'], operate_id: openIds['huangjing'] }]
    await calendar['calendarEventAttendee']!['create']!({ path, data: { attendees } })
    const rsvp = async () => {
      const { data } = await calendar['calendarEventAttendee']!['list']!({ path, params: { page_size: 100 } })
      return (data['items'] as readonly Fields[]).find((one) => one['type'] === 'resource')!['rsvp_status']
    }
    expect(await rsvp()).toBe('needs_action')
    open.setNow(mondayMs + 2_000)
    expect(await rsvp()).toBe('accept')
    await calendar['calendarEvent']!['patch']!({ path, data: span(60) })
    open.setNow(mondayMs + 4_000)
    expect(await rsvp()).toBe('accept')
    await calendar['calendarEvent']!['delete']!({ path, params: { need_notification: 'false' } })
    expect(open.simulator.world.bookings.isTaken(12, mondayMs, mondayMs + 60_000)).toBe(false)
  })

  it('throws on a refusal with the body as it was sent', async () => {
    await open.sim('PATCH', 'feishu', { scopes: [] })
    await expect(client.vc['room']!['list']!({})).rejects.toMatchObject({
      response: {
        status: 400,
        data: { code: 99991672, error: { permission_violations: expect.any(Array) as unknown } },
      },
    })
  })
})
