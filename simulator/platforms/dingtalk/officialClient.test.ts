import { createRequire } from 'node:module'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { at, iso, openDingtalk, type OpenDingtalk, operatorUnionId } from '../../testing/openDingtalk.ts'
import { roomIdOf, unionIdOf } from './vendorIds.ts'

/**
 * The vendor's own client reads the simulator's answers: code none of us wrote. It is loaded by name and read through
 * these types: its own do not know the addresses it is pointed at here.
 */
type Model = new (fields: Record<string, unknown>) => object
type Call = (...parts: readonly unknown[]) => Promise<{ readonly body?: unknown }>
type Client = Readonly<Record<string, Call>>
type Module = Readonly<Record<string, Model>>

const load = createRequire(import.meta.url)
const packageName = '@alicloud/dingtalk'

const entry = load.resolve(`${packageName}/rooms_1_0`)
let open: OpenDingtalk
let token: string

/** One API of the client, pointed at the simulator, every call with the token unless another is given. */
function api(name: string) {
  const module = load(`${packageName}/${name}`) as Module
  const ofVendor = createRequire(entry)
  const { Config } = ofVendor('@alicloud/openapi-client') as Module
  const { RuntimeOptions } = ofVendor('@alicloud/tea-util') as Module
  const config = new Config!({ protocol: 'http', regionId: 'central', endpoint: new URL(open.url).host })
  const client = new (module['default'] as unknown as new (config: object) => Client)(config)
  const call = async (
    action: string,
    parts: readonly string[],
    fields: Record<string, unknown> | null,
    headers: Record<string, unknown> = {},
  ) => {
    const model = `${action[0]!.toUpperCase()}${action.slice(1)}`
    const request = fields === null ? [] : [new module[`${model}Request`]!(fields)]
    const own = new module[`${model}Headers`]!({ xAcsDingtalkAccessToken: token, ...headers })
    const runtime = new RuntimeOptions!({ autoretry: false })
    return (await client[`${action}WithOptions`]!(...parts, ...request, own, runtime)).body
  }
  return { client, call, module }
}

const wangbo = unionIdOf('wangbo')
/** The generated client puts ids into addresses as they are. */
const encoded = (id: unknown) => encodeURIComponent(String(id))
const book = (fields: Record<string, unknown>) =>
  open.sim('POST', 'bookings', { room: 12, startMs: at('16T14:00'), booker: 'wangbo', ...fields })
const firstEvent = async () => encoded((await open.items(12))[0]!['eventId'])

describe(`the official client ${packageName}`, () => {
  beforeEach(async () => {
    open = await openDingtalk()
    token = await open.token()
  })
  afterEach(() => open.close())

  it('gets a token and reads its lifetime', async () => {
    const { client, module } = api('oauth2_1_0')
    const request = new module['GetAccessTokenRequest']!({
      appKey: 'ding-simulator-app',
      appSecret: 'simulator-secret-dingtalk',
    })
    const { body } = await client['getAccessToken']!(request)
    expect(body).toMatchObject({ accessToken: token, expireIn: 7200 })
  })

  it('reads every room, page by page', async () => {
    const { call } = api('rooms_1_0')
    const names: unknown[] = []
    let page = {
      hasMore: true,
      nextToken: undefined as number | undefined,
      result: [] as { roomName: string }[],
    }
    while (page.hasMore) {
      const query = { unionId: operatorUnionId, maxResults: 3 }
      const more = page.nextToken === undefined ? query : { ...query, nextToken: page.nextToken }
      page = (await call('queryMeetingRoomList', [], more)) as typeof page
      names.push(...page.result.map((room) => room.roomName))
    }
    expect(names).toEqual(['西湖', '断桥', '曲院', '临时洽谈间', '灵隐', '三潭', '龙井', '雷峰'])
  })

  it('reads what a room demands and its closure', async () => {
    await open.sim('POST', 'closures', {
      room: 12,
      startMs: at('16T11:00'),
      durationMinutes: 60,
      reason: '检修',
    })
    const { call } = api('rooms_1_0')
    const body = await call('queryMeetingRoom', [roomIdOf(12)], { unionId: operatorUnionId })
    // `approvalSwitch` is documented, but unknown to this client: it drops what its model has no field for.
    expect(body).toMatchObject({
      result: {
        roomName: '西湖',
        extensionConfig: {
          openReservation: true,
          minReservationTimeInterval: 15,

          reservationCloseDetail: { closeReason: '检修', taskEndTime: at('16T12:00') },
        },
      },
    })
  })

  it('reads busy times and a room’s own error', async () => {
    await book({})
    await open.sim('PATCH', 'rooms/13', { isVisible: false })
    const { call } = api('calendar_1_0')
    const body = await call('getMeetingRoomsSchedule', [operatorUnionId], {
      roomIds: [roomIdOf(12), roomIdOf(13)],
      startTime: iso('16T00:00'),
      endTime: iso('17T00:00'),
    })
    expect(body).toMatchObject({
      scheduleInformation: [
        { roomId: roomIdOf(13), error: 'no permission', scheduleItems: [] },
        {
          roomId: roomIdOf(12),
          scheduleItems: [
            {
              status: 'BUSY',
              organizer: { id: wangbo },
              start: { dateTime: iso('16T14:00'), timeZone: 'Asia/Shanghai' },
            },
          ],
        },
      ],
    })
  })

  it('reads an event with its video meeting, and a whole day by its dates', async () => {
    const { call } = api('calendar_1_0')
    const get = async () => call('getEvent', [wangbo, 'primary', await firstEvent()], { maxAttendees: 1 })
    await book({ subject: '架构评审', online: true })
    expect(await get()).toMatchObject({
      summary: '架构评审',
      organizer: { displayName: '王博' },
      onlineMeetingInfo: { type: 'dingtalk' },
      meetingRooms: [{ roomId: roomIdOf(12), responseStatus: 'accepted' }],
    })
    await book({ room: 13, allDay: true })
    const id = encoded((await open.items(13))[0]!['eventId'])
    expect(await call('getEvent', [wangbo, 'primary', id], {})).toMatchObject({
      isAllDay: true,
      start: { date: '2026-03-16' },
      end: { date: '2026-03-17' },
    })
  })

  it('books a room in two calls, gives it back and deletes the event', async () => {
    const { call, module } = api('calendar_1_0')
    const part = (name: string, fields: Record<string, unknown>) => new module[name]!(fields)
    const point = { timeZone: 'Asia/Shanghai' }
    const event = (await call(
      'createEvent',
      [operatorUnionId, 'primary'],
      {
        summary: 'Walk-up meeting',
        start: part('CreateEventRequestStart', { dateTime: iso('16T14:03'), ...point }),
        end: part('CreateEventRequestEnd', { dateTime: iso('16T14:30'), ...point }),
      },
      { xClientToken: 'press-1' },
    )) as { readonly id: string }
    const address = [operatorUnionId, 'primary', encoded(event.id)]
    const room = { roomId: roomIdOf(12) }
    const added = { meetingRoomsToAdd: [part('AddMeetingRoomsRequestMeetingRoomsToAdd', room)] }
    expect(await call('addMeetingRooms', address, added)).toMatchObject({ result: true })
    expect(await open.items(12)).toMatchObject([{ eventId: event.id }])
    const removed = { meetingRoomsToRemove: [part('RemoveMeetingRoomsRequestMeetingRoomsToRemove', room)] }
    expect(await call('removeMeetingRooms', address, removed)).toMatchObject({ result: true })
    expect(await open.items(12)).toEqual([])
    await call('deleteEvent', address, { pushNotification: false })
    expect((await open.sim('GET', 'state')).body['schedules']).toMatchObject([{ isCancelled: true }])
  })

  it('ends a meeting early as its organiser: the room is free from then on', async () => {
    await book({ subject: '架构评审' })
    const { call, module } = api('calendar_1_0')
    const part = (name: string, fields: Record<string, unknown>) => new module[name]!(fields)
    const point = { timeZone: 'Asia/Shanghai' }
    const [item] = await open.items(12)
    const changed = await call('patchEvent', [wangbo, 'primary', encoded(item!['eventId'])], {
      id: item!['eventId'],
      start: part('PatchEventRequestStart', { dateTime: iso('16T14:00'), ...point }),
      end: part('PatchEventRequestEnd', { dateTime: iso('16T14:20'), ...point }),
    })
    expect(changed).toMatchObject({ id: item!['eventId'], summary: '架构评审' })
    expect(await open.items(12)).toMatchObject([{ end: { dateTime: iso('16T14:20') } }])
  })

  it('signs in and reads who came', async () => {
    await book({ attendees: ['chenlu'] })
    const { call } = api('calendar_1_0')
    const eventId = await firstEvent()
    // This one call of the generated client has calendar and person the other way round.
    expect(await call('getSignInLink', ['primary', wangbo, eventId], null)).toMatchObject({
      signInLink: expect.stringContaining('dingcheckin') as string,
    })
    await call('signIn', [unionIdOf('chenlu'), 'primary', eventId], null)
    const list = await call('getSignInList', [wangbo, 'primary', eventId], { type: 'sign_in', maxResults: 1 })
    expect(list).toMatchObject({ users: [{ userId: unionIdOf('chenlu'), displayName: '陈璐' }] })
  })

  it('reads refusals as errors with our codes: token, permission, lost race, event gone', async () => {
    const { call } = api('calendar_1_0')
    const codeOf = async (run: () => Promise<unknown>) =>
      run().then(
        () => 'no error',
        (error: unknown) => (error as { readonly code?: string }).code,
      )
    const getEvent = (id: string) => () => call('getEvent', [wangbo, 'primary', id], {})
    expect(await codeOf(getEvent('bm9uZQ'))).toBe('itemNotFound')
    await open.sim('PATCH', 'app', { scopes: [] })
    const refused = await getEvent('bm9uZQ')().catch((error: unknown) => error)
    expect(refused).toMatchObject({
      code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied',
      accessDeniedDetail: { requiredScopes: ['Calendar.Event.Read'] },
    })
    await open.sim('POST', 'tokens/expire')
    expect(await codeOf(getEvent('bm9uZQ'))).toBe('InvalidAuthentication')
  })
})
