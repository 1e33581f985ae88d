import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createZone } from '../../../shared/domain/zonedTime.ts'
import type { DingtalkAccount, DingtalkRoomSource } from '../../../shared/settings/schema.ts'
import type { HttpInit } from '../../ports/Http.ts'
import type { EndReason, RoomActions, WriteOutcome } from '../RoomActions.ts'
import type { ProviderDeps, SiteProvider } from '../SiteProvider.ts'
import { exposedText } from '../testing/exposedText.ts'
import { transportFailure } from '../testing/openSimulatedVendor.ts'
import { reasonOf } from '../testing/openStage.ts'
import { tellStep } from '../testing/tellStep.ts'
import { dingtalkRoom, OPERATOR } from './testing/openDingtalkWorld.ts'
import { openDingtalkActionWorld } from './testing/openDingtalkActionWorld.ts'
import type { DingtalkActionWorld } from './testing/openDingtalkActionWorld.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const never = new AbortController().signal
const room = dingtalkRoom(12)

interface Sent {
  readonly call: string
  readonly token: string | null
  readonly body: unknown
}

let world: DingtalkActionWorld
let sent: Sent[]
let presses = 0
/** What becomes of the answers to the next calls of this name. */
let lost: { call: string; times: number } | null

const http = {
  async fetch(input: string, init: HttpInit) {
    const { pathname } = new URL(input)
    const [, path = pathname] = /\/calendars\/primary(\/.*)$/.exec(pathname) ?? []
    const call = `${init.method ?? 'GET'} ${path.replace(/\/events\/[^/]+/, '/events/ID').replace(/.*\/(?=schedules)/, '')}`
    const body = typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : null
    if (!call.includes('oauth2'))
      sent.push({ call, token: new Headers(init.headers).get('x-client-token'), body })
    const answer = await world.vendor.http.fetch(input, init)
    if (lost?.call !== call || lost.times === 0) return answer
    lost.times -= 1
    await answer.arrayBuffer()
    throw transportFailure('ECONNRESET')
  },
}
const calls = () => sent.map(({ call }) => call)
const writes = () => calls().filter((call) => !call.startsWith('GET') && !call.includes('schedules'))
const at = (hours: number): number => createZone('Asia/Shanghai').startOfDay(world.clock.now()) + hours * HOUR
const span = (from: number, until: number) => ({ fromMs: at(from), untilMs: at(until) })

function open(
  deps: Partial<ProviderDeps> = {},
  account: Partial<DingtalkAccount> = { bookerUnionId: OPERATOR },
) {
  return world.inner.providerWith({ http, ...deps }, account)
}
const actionsOf = ({ actions }: SiteProvider<DingtalkRoomSource>): RoomActions<DingtalkRoomSource> =>
  actions ?? expect.fail('no actions')

/** One provider for the whole case, as at a door. */
let door: SiteProvider<DingtalkRoomSource>
const book = (from: number, until: number, pressId = `press-${(presses += 1)}`): Promise<WriteOutcome> =>
  actionsOf(door).book(room, { startMs: at(from), endMs: at(until), title: 'Walk-up', pressId }, never)
async function meetings() {
  const range = { fromMs: at(0), untilMs: at(24) }
  const reading = (await door.listMeetings([room], range, never)).get(room.id)
  return reading?.kind === 'read' ? reading.meetings : expect.fail('not read')
}
async function occurrenceAt(hour: number) {
  const found = (await meetings()).find(({ startMs }) => startMs === at(hour))
  if (!found) throw new Error(`no meeting at ${hour}`)
  sent = []
  return { meetingId: found.id, startMs: found.startMs, endMs: found.endMs }
}
const end = async (hour: number, reason: EndReason = 'endedEarly'): Promise<WriteOutcome> =>
  actionsOf(door).end(room, await occurrenceAt(hour), reason, never)
const extend = async (hour: number, until: number): Promise<WriteOutcome> =>
  actionsOf(door).extend(
    room,
    await occurrenceAt(hour),
    { untilMs: at(until), title: 'Walk-up', pressId: `press-${(presses += 1)}` },
    never,
  )
const rows = async () => (await world.calendar.rows(room)).length
const quirk = (name: string) => world.inner.control('PATCH', 'quirks', { [name]: true })
const fault = (errcode: string, route: string, more: object = {}) =>
  world.fault({ kind: 'errcode', errcode, route, times: 1, ...more })

beforeEach(() => {
  world = openDingtalkActionWorld()
  sent = []
  lost = null
  door = open()
})
afterEach(() => world.close())

describe('what a booking sends', () => {
  it('an event without reminder or notice, once for every press, then the room', async () => {
    expect(reasonOf(await book(11, 12, 'press-x'))).toBe('done')
    expect(calls()).toEqual([
      'POST schedules/query',
      `GET /v1.0/rooms/meetingRooms/${room.source.roomId}`,
      'POST /events',
      'POST /events/ID/meetingRooms',
      'POST schedules/query',
    ])
    const [, , made, added] = sent
    expect(made?.body).toEqual({
      summary: 'Walk-up',
      start: { dateTime: new Date(at(11)).toISOString(), timeZone: 'Asia/Shanghai' },
      end: { dateTime: new Date(at(12)).toISOString(), timeZone: 'Asia/Shanghai' },
      isAllDay: false,
      reminders: [],
      extra: { noPushNotification: 'true', noChatNotification: 'true' },
    })
    expect(added?.body).toEqual({ meetingRoomsToAdd: [{ roomId: room.source.roomId }] })
    expect([made?.token, added?.token]).toEqual(['press-x', null])
  })

  it('every call is counted as the vendor counts it', async () => {
    await book(11, 12)
    expect([world.inner.told.calls, await world.inner.countedCalls()]).toEqual([5, 5])
  })

  it('nobody named to book: no button, and no call', async () => {
    door = open({}, {})
    expect(door.capabilities.actions).toEqual({ canBook: false, extend: 'any', end: 'any', canRelease: true })
    expect([reasonOf(await book(11, 12)), calls()]).toEqual(['unsupported', []])
  })
})

describe('an event whose room is lost', () => {
  it('a lost answer to the event: asked for again under the same token, and made once', async () => {
    lost = { call: 'POST /events', times: 1 }
    expect(reasonOf(await book(11, 12))).toBe('done')
    const made = sent.filter(({ call }) => call === 'POST /events')
    expect([made.length, made[0]?.token === made[1]?.token]).toEqual([2, true])
    expect(await world.calendar.looseEntries()).toBe(0)
  })

  it('made and never told: found by its token and deleted before the next booking', async () => {
    lost = { call: 'POST /events', times: 2 }
    expect(reasonOf(await book(11, 12))).toBe('offline')
    expect(await world.calendar.looseEntries()).toBe(1)
    expect(reasonOf(await book(11, 12))).toBe('done')
    expect([await rows(), await world.calendar.looseEntries()]).toEqual([1, 0])
  })

  it('a deletion that fails is tried again before the next booking', async () => {
    await fault('meetingRoomNotAvailable', 'primary/events/', { times: 2 })
    expect(reasonOf(await book(11, 12))).toBe('policy')
    expect(await world.calendar.looseEntries()).toBe(1)
    expect(reasonOf(await book(13, 14))).toBe('done')
    expect(await world.calendar.looseEntries()).toBe(0)
  })

  it('is given up after five tries: no month is spent on it', async () => {
    let deletions = 0
    const stubborn = {
      fetch(input: string, init: HttpInit) {
        if (init.method !== 'DELETE') return http.fetch(input, init)
        deletions += 1
        return Promise.resolve(Response.json({ code: 'system.error', message: '' }, { status: 500 }))
      },
    }
    door = open({ http: stubborn })
    await fault('meetingRoomNotAvailable', 'primary/events/')
    expect(reasonOf(await book(11, 12))).toBe('policy')
    for (let hour = 12; hour < 19; hour += 1) expect(reasonOf(await book(hour, hour + 1))).toBe('done')
    expect(deletions).toBe(6)
    expect(world.log.text()).toContain('an event without its room stays')
  })

  it('a room request that got stuck and came true after its event could not be deleted: a booking, and it stays', async () => {
    let stuck: (() => Promise<Response>) | null = null
    let isDown = true
    const slow = {
      fetch(input: string, init: HttpInit) {
        if (isDown && init.method === 'POST' && input.endsWith('/meetingRooms')) {
          stuck = () => http.fetch(input, { ...init, signal: never })
          return Promise.reject(transportFailure('ECONNRESET'))
        }
        if (isDown && init.method === 'DELETE') return Promise.reject(transportFailure('ECONNRESET'))
        return http.fetch(input, init)
      },
    }
    door = open({ http: slow })
    expect(reasonOf(await book(11, 12))).toBe('unclear')
    await (stuck as (() => Promise<Response>) | null)?.()
    isDown = false
    expect(await rows()).toBe(1)
    expect(reasonOf(await book(13, 14))).toBe('done')
    expect(await rows()).toBe(2)
  })

  it.each(['told', 'lost'])(
    'another door of the same service person was quicker (the refusal is %s)',
    async (how) => {
      const quicker = open()
      const wish = { startMs: at(11), endMs: at(12), title: 't', pressId: 'quicker' }
      let isFirst = true
      const racing = {
        async fetch(input: string, init: HttpInit) {
          if (isFirst && init.method === 'POST' && input.endsWith('/meetingRooms')) {
            isFirst = false
            await actionsOf(quicker).book(room, wish, never)
            if (how === 'lost') lost = { call: 'POST /events/ID/meetingRooms', times: 1 }
          }
          return http.fetch(input, init)
        },
      }
      door = open({ http: racing })
      expect(reasonOf(await book(11, 12))).toBe('taken')
      expect([await rows(), await world.calendar.looseEntries()]).toEqual([1, 0])
    },
  )

  it('a yes that the calendar never shows: unclear, and taken back once the event says it has no room', async () => {
    let isLying = true
    const lying = {
      fetch(input: string, init: HttpInit) {
        if (!isLying || init.method !== 'POST' || !input.endsWith('/meetingRooms'))
          return http.fetch(input, init)
        isLying = false
        return Promise.resolve(Response.json({ result: true }))
      },
    }
    door = open({ http: lying })
    expect([reasonOf(await book(11, 12)), writes()]).toEqual(['unclear', ['POST /events']])
    expect(await world.calendar.looseEntries()).toBe(1)
    expect(reasonOf(await book(13, 14))).toBe('done')
    expect([await rows(), await world.calendar.looseEntries()]).toEqual([1, 0])
  })

  it('a booking nobody could read back is asked for later, and kept where it holds the room', async () => {
    const giveUp = new AbortController()
    const cutting = {
      async fetch(input: string, init: HttpInit) {
        const answer = await http.fetch(input, init)
        if (input.endsWith('/meetingRooms') && init.method === 'POST') giveUp.abort(new Error('gone'))
        return answer
      },
    }
    door = open({ http: cutting })
    const wish = { startMs: at(11), endMs: at(12), title: 't', pressId: 'cut' }
    expect(reasonOf(await actionsOf(door).book(room, wish, giveUp.signal))).toBe('unclear')
    expect([reasonOf(await book(13, 14)), await rows()]).toEqual(['done', 2])
    expect(writes()).not.toContain('DELETE /events/ID')
  })
})

describe('rules of the room', () => {
  it('a rule learned from the refusal: the room closed since it was described', async () => {
    await meetings()
    await world.restrict(room, 'closed')
    expect([reasonOf(await book(11, 12)), await rows(), await world.calendar.looseEntries()]).toEqual([
      'closed',
      0,
      0,
    ])
  })

  it('approval asked for since: what was asked for is taken back', async () => {
    await meetings()
    await world.restrict(room, 'approval')
    expect([reasonOf(await book(11, 12)), await rows(), await world.calendar.looseEntries()]).toEqual([
      'approval',
      0,
      0,
    ])
  })

  it('without budget for its description the platform decides, and its text never leaves the edge', async () => {
    door = open({ mayAlsoCall: () => false })
    const outcome = await book(11, 11 + 1 / 6)
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'policy' })
    expect(exposedText(outcome)).not.toMatch(/reservation must|西湖/)
    expect(await world.calendar.looseEntries()).toBe(0)
  })

  it('a full day is not asked again before the vendor’s midnight', async () => {
    await world.inner.control('PATCH', 'limits', { dingtalkCreatesPerDay: 1 })
    expect(reasonOf(await book(11, 12))).toBe('done')
    expect(reasonOf(await book(13, 14))).toBe('dailyLimit')
    sent = []
    expect([reasonOf(await book(13, 14)), calls()]).toEqual(['dailyLimit', []])
    world.clock.setNow(at(24) + MINUTE)
    expect(reasonOf(await book(1, 2))).toBe('done')
  })

  it('extending beyond the room’s longest, into a closure, or in a room with approval', async () => {
    await book(10, 14)
    expect([reasonOf(await extend(10, 14.5)), writes()]).toEqual(['policy', []])
    await world.calendar.patchRoom(room, { needsApproval: true })
    door = open()
    expect([reasonOf(await extend(10, 14.25)), writes()]).toEqual(['approval', []])
  })
})

describe('ending and extending', () => {
  it('ending early moves the end to this minute, as the organiser, and nothing else', async () => {
    await world.calendar.bookAsPerson(room, span(10, 12))
    world.clock.setNow(at(11) + 20_000)
    const outcome = await end(10)
    expect(outcome).toMatchObject({ kind: 'done', occurrence: { endMs: at(11) } })
    const change = sent.find(({ call }) => call === 'PUT /events/ID')
    expect(change?.body).toMatchObject({
      start: { dateTime: new Date(at(10)).toISOString(), timeZone: 'Asia/Shanghai' },
      end: { dateTime: new Date(at(11)).toISOString(), timeZone: 'Asia/Shanghai' },
    })
    expect(Object.keys(change?.body as object).sort()).toEqual(['end', 'id', 'start'])
  })

  it('nobody came: the room is given back, the meeting stays in its calendar', async () => {
    await world.calendar.bookAsPerson(room, span(10, 12))
    expect(await end(10, 'noShow')).toEqual({ kind: 'done', occurrence: null })
    expect([writes(), await rows()]).toEqual([['POST /events/ID/meetingRooms/batchRemove'], 0])
    expect(await world.calendar.looseEntries()).toBe(1)
  })

  it('of a meeting with a second room only ours is given back, and it is not extended', async () => {
    await book(10, 12)
    const [made] = await world.calendar.rows(room)
    const state = (await world.vendor.control('GET', 'state')) as {
      bookings: { id: string; scheduleId: string }[]
    }
    const scheduleId = state.bookings.find(({ id }) => id === made?.key)?.scheduleId
    const times = { startMs: at(10), endMs: at(12), booker: 'doorplate' }
    await world.inner.control('POST', 'bookings', { room: 15, scheduleId, ...times })
    expect([reasonOf(await extend(10, 12.5)), writes()]).toEqual(['unsupported', []])
    world.clock.setNow(at(11))
    expect([reasonOf(await end(10)), writes()]).toEqual([
      'done',
      ['POST /events/ID/meetingRooms/batchRemove'],
    ])
    expect((await world.calendar.rows()).map((row) => [row.room, row.untilMs])).toEqual([[15, at(12)]])
  })

  it('what would be left is shorter than the room allows: the room is given back instead', async () => {
    await book(10, 12)
    world.clock.setNow(at(10) + 5 * MINUTE)
    expect([reasonOf(await end(10)), writes()]).toEqual([
      'done',
      ['POST /events/ID/meetingRooms/batchRemove'],
    ])
  })

  it('shortening refused by a rule nobody told: the next press gives the room back', async () => {
    door = open({ mayAlsoCall: () => false })
    await book(10, 12)
    world.clock.setNow(at(10) + 5 * MINUTE)
    expect(reasonOf(await end(10))).toBe('policy')
    expect([reasonOf(await end(10)), await rows()]).toEqual(['done', 0])
  })

  it.each(['tellsInstanceIds', 'listsCancelled'])(
    'one day of a series is never touched (%s)',
    async (name) => {
      await quirk(name)
      await world.calendar.bookSeries(room, span(10, 11))
      for (const outcome of [await extend(10, 11.5), await end(10), await end(10, 'noShow')])
        expect([reasonOf(outcome), writes()]).toEqual(['series', []])
    },
  )

  it('where rooms do not follow their events: unclear once, then extending is gone and ending works', async () => {
    await quirk('keepsRoomTimeOnMove')
    await book(10, 12)
    expect(reasonOf(await extend(10, 12.5))).toBe('unclear')
    expect(door.capabilities.actions?.extend).toBe('none')
    expect(reasonOf(await extend(10, 13))).toBe('unsupported')
    await world.calendar.bookAsPerson(room, span(14, 16))
    world.clock.setNow(at(15))
    expect([reasonOf(await end(14)), writes()]).toEqual([
      'done',
      ['POST /events/ID/meetingRooms/batchRemove'],
    ])
  })

  it('an extension that costs the room is not called done', async () => {
    await quirk('losesRoomOnMove')
    await book(10, 11)
    const occurrence = await occurrenceAt(10)
    const racing = {
      async fetch(input: string, init: HttpInit) {
        if (init.method === 'PUT') await world.calendar.bookAsPerson(room, span(11, 12))
        return http.fetch(input, init)
      },
    }
    const wish = { untilMs: at(11.5), title: 't', pressId: 'race' }
    const outcome = await actionsOf(open({ http: racing })).extend(room, occurrence, wish, never)
    expect(reasonOf(outcome)).toBe('unclear')
  })

  it('a person outside of the app’s range is not acted for', async () => {
    await world.calendar.bookAsPerson(room, span(10, 12))
    await world.inner.control('PATCH', 'people/chenlu', { isVisible: false })
    expect([reasonOf(await end(10)), writes()]).toEqual(['permission', []])
  })

  it('a meeting waiting for approval is not extended', async () => {
    await world.inner.control('POST', 'bookings', {
      room: 12,
      booker: 'chenlu',
      status: 3,
      startMs: at(10),
      endMs: at(11),
    })
    expect([reasonOf(await extend(10, 11.5)), writes()]).toEqual(['approval', []])
  })
})

describe('the permission to write', () => {
  const reading = ['qyapi_base', 'qyapi_get_member', 'VideoConference.Conference.Read', 'Calendar.Event.Read']
  const steps = async (account?: Partial<DingtalkAccount>) =>
    (await open({}, account).testConnection(never))
      .filter(({ step }) => step === 'permissions')
      .map((one) => tellStep(one).replace('permissions ', ''))

  it('is tested without changing anything, where a service person is named', async () => {
    expect(await steps()).toContain('passed Calendar.Event.Write')
    expect(writes().filter((call) => !call.includes('topapi'))).toEqual([])
    expect(await steps({})).toHaveLength(3)
  })

  it('missing: the test names it, and a press is refused for it', async () => {
    await world.inner.control('PATCH', 'app', { scopes: reading })
    expect(await steps()).toContain('failed Calendar.Event.Write')
    const outcome = await book(11, 12)
    expect([
      reasonOf(outcome),
      outcome.kind === 'refused' && outcome.error?.details.missingPermission,
    ]).toEqual(['permission', 'Calendar.Event.Write'])
  })

  it('a service person nobody knows is told by the name of the setting', async () => {
    expect(await steps({ bookerUnionId: 'nobodyiEiE' })).toContain('failed bookerUnionId')
  })
})
