import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createZone } from '../../../shared/domain/zonedTime.ts'
import type { WecomRoomSource } from '../../../shared/settings/schema.ts'
import type { HttpInit } from '../../ports/Http.ts'
import type { EndReason, RoomActions, WriteOutcome } from '../RoomActions.ts'
import type { RoomRef, SiteProvider } from '../SiteProvider.ts'
import { hardwareRoom, officeRoom } from './testing/openWecomWorld.ts'
import { openWecomActionWorld } from './testing/openWecomActionWorld.ts'
import type { WecomActionWorld } from './testing/openWecomActionWorld.ts'

const HOUR = 3_600_000
const never = new AbortController().signal
const room = officeRoom(12)

let world: WecomActionWorld
let sent: { readonly path: string; readonly body: unknown }[]
let presses = 0

const http = {
  async fetch(input: string, init: HttpInit) {
    const path = new URL(input).pathname.replace('/cgi-bin/oa/meetingroom/', '')
    if (world.changesRoom('POST', path)) sent.push({ path, body: JSON.parse(init.body as string) as unknown })
    return world.vendor.http.fetch(input, init)
  },
}
const at = (hours: number): number => createZone('Asia/Shanghai').startOfDay(world.clock.now()) + hours * HOUR
const seconds = (hours: number): number => at(hours) / 1000
const provider = (change = {}) => world.inner.bookingProvider(http, change)
const actionsOf = ({ actions }: SiteProvider<WecomRoomSource>): RoomActions<WecomRoomSource> =>
  actions ?? expect.fail('no actions')
const book = (
  from: number,
  until: number,
  by: SiteProvider<WecomRoomSource> = provider(),
  where: RoomRef<WecomRoomSource> = room,
): Promise<WriteOutcome> => {
  const pressId = String((presses += 1))
  return actionsOf(by).book(where, { startMs: at(from), endMs: at(until), title: 't', pressId }, never)
}
async function occurrenceAt(hour: number, by: SiteProvider<WecomRoomSource> = provider()) {
  const range = { fromMs: at(0), untilMs: at(24) }
  const reading = (await by.listMeetings([room], range, never)).get(room.id)
  const found = reading?.kind === 'read' ? reading.meetings.find((one) => one.startMs === at(hour)) : null
  if (!found) throw new Error(`no meeting at ${hour}`)
  return { meetingId: found.id, startMs: found.startMs, endMs: found.endMs }
}
const end = async (
  hour: number,
  by: SiteProvider<WecomRoomSource> = provider(),
  reason: EndReason = 'endedEarly',
): Promise<WriteOutcome> => actionsOf(by).end(room, await occurrenceAt(hour, by), reason, never)

beforeEach(() => {
  world = openWecomActionWorld()
  sent = []
})
afterEach(() => world.close())

describe('what is sent', () => {
  it('a booking at 10:20 for half an hour: the next half hour, told before and booked so', async () => {
    world.clock.setNow(at(10 + 1 / 3))
    const outcome = await book(10 + 1 / 3, 10 + 5 / 6)
    expect(outcome).toMatchObject({ kind: 'done', occurrence: { startMs: at(10.5), endMs: at(11) } })
    expect(sent).toEqual([
      {
        path: 'book',
        body: {
          meetingroom_id: 12,
          subject: 't',
          start_time: seconds(10.5),
          end_time: seconds(11),
          booker: 'doorplate',
        },
      },
    ])
  })

  it('ending a single booking keeps its calendar entry and names no day', async () => {
    const outcome = await book(10, 11)
    sent = []
    expect(await end(10)).toEqual({ kind: 'done', occurrence: null })
    const id = outcome.kind === 'done' ? outcome.occurrence?.meetingId.split('@')[0] : undefined
    expect(sent).toEqual([{ path: 'cancel_book', body: { booking_id: id, keep_schedule: 1 } }])
    expect(await world.calendar.looseEntries()).toBe(1)
  })

  it.each(['endedEarly', 'noShow'] as const)(
    'a day of a series, %s: named by its midnight and its own id; the other days stay',
    async (reason) => {
      const [first, ...others] = await world.calendar.bookSeries(room, { fromMs: at(10), untilMs: at(11) })
      expect(await end(10, provider(), reason)).toEqual({ kind: 'done', occurrence: null })
      const body = { booking_id: first, keep_schedule: 1, cancel_date: seconds(0) }
      expect(sent).toEqual([{ path: 'cancel_book', body }])
      expect((await world.calendar.rows(room)).map(({ key }) => key).sort()).toEqual([...others].sort())
    },
  )
})

describe('a series is left alone where one day of it is not certain', () => {
  it('the midnights of panel and vendor differ: the date might name another day', async () => {
    await world.calendar.bookSeries(room, { fromMs: at(10), untilMs: at(11) })
    expect(await end(10, provider({ timeZone: 'Europe/Berlin' }))).toMatchObject({ reason: 'series' })
    expect(sent).toEqual([])
  })

  it('the platform wants the series’ id after all: refused, and every day stays', async () => {
    const keys = await world.calendar.bookSeries(room, { fromMs: at(10), untilMs: at(11) })
    await world.inner.control('PATCH', 'quirks', { cancelsDaysBySeriesIdOnly: true })
    expect(await end(10, provider(), 'noShow')).toMatchObject({ kind: 'refused', reason: 'series' })
    expect((await world.calendar.rows(room)).map(({ key }) => key).sort()).toEqual([...keys].sort())
  })

  it('an old server does not tell what is a series', async () => {
    await world.calendar.bookSeries(room, { fromMs: at(10), untilMs: at(11) })
    await world.inner.control('PATCH', 'quirks', { usesLegacyIds: true })
    expect(await end(10)).toMatchObject({ reason: 'series' })
    expect(sent).toEqual([])
  })
})

describe('other people’s bookings', () => {
  it('are given back where the platform lets the app, and stay in its owner’s calendar', async () => {
    await world.inner.control('PATCH', 'quirks', { mayCancelPeoplesBookings: true })
    await world.calendar.bookAsPerson(room, { fromMs: at(10), untilMs: at(11) })
    const one = provider()
    expect(await end(10, one)).toEqual({ kind: 'done', occurrence: null })
    expect(one.capabilities.actions?.end).toBe('any')
  })

  it('are not offered any more once the platform said no', async () => {
    await world.calendar.bookAsPerson(room, { fromMs: at(10), untilMs: at(11) })
    const one = provider()
    expect(one.capabilities.actions?.end).toBe('any')
    expect(await end(10, one)).toMatchObject({ reason: 'notOwn' })
    // Nor counted down to: what the door itself booked is never released.
    expect(one.capabilities.actions).toMatchObject({ end: 'own', canRelease: false })
  })
})

describe('what can be done at all', () => {
  it('Rooms hardware alone: nothing, and its description says so', async () => {
    const hardware = hardwareRoom('300417', true)
    const one = provider()
    expect(await book(10, 11, one, hardware)).toEqual({ kind: 'refused', reason: 'unsupported' })
    const occurrence = { meetingId: 'x@1', startMs: at(10), endMs: at(11) }
    expect(await actionsOf(one).end(hardware, occurrence, 'noShow', never)).toMatchObject({
      reason: 'unsupported',
    })
    const reading = (await one.listMeetings([hardware], { fromMs: at(0), untilMs: at(24) }, never)).get(
      hardware.id,
    )
    expect(reading).toMatchObject({ room: { bookingRules: { refusal: 'unsupported' } } })
    expect(sent).toEqual([])
  })

  it('nobody to book for: no booking, but giving back', async () => {
    const nobody = world.inner.provider()
    expect(nobody.capabilities.actions).toEqual({
      canBook: false,
      extend: 'none',
      end: 'any',
      canRelease: true,
    })
    expect(await book(10, 11, nobody)).toMatchObject({ reason: 'unsupported' })
    await book(10, 11)
    expect(await end(10, nobody)).toMatchObject({ kind: 'done' })
  })

  it('an extension off the grid', async () => {
    await book(10, 11)
    const request = { untilMs: at(11.25), title: 't', pressId: 'p' }
    sent = []
    expect(await actionsOf(provider()).extend(room, await occurrenceAt(10), request, never)).toMatchObject({
      reason: 'policy',
    })
    expect(sent).toEqual([])
  })
})

describe('what an error proves', () => {
  it('approval was switched on since the list was read: the code nobody documented is understood', async () => {
    const one = provider()
    await one.listMeetings([room], { fromMs: at(0), untilMs: at(24) }, never)
    await world.restrict(room, 'approval')
    expect(await book(10, 11, one)).toMatchObject({ reason: 'approval' })
  })

  it.each([
    ['before', 'unclear'],
    ['after', 'done'],
  ] as const)(
    '"busy" and a gateway’s word prove nothing by themselves: %s the booking',
    async (when, kind) => {
      const faults = [
        { kind: 'errcode', errcode: -1, errmsg: 'system busy' },
        { kind: 'status', status: 502 },
      ]
      for (const [index, one] of faults.entries()) {
        await world.fault({ ...one, route: 'oa/meetingroom/book', when, times: 1 })
        expect((await book(10 + index, 11 + index)).kind).toBe(kind)
      }
      expect(sent).toHaveLength(2)
    },
  )

  it('a token refused at the write: not sent again, and nothing was done', async () => {
    await world.fault({ kind: 'errcode', errcode: 42001, route: 'oa/meetingroom/book', times: 1 })
    expect(await book(10, 11)).toMatchObject({ kind: 'refused', reason: 'failed' })
    expect(sent).toHaveLength(1)
  })

  it('an answer without the booking’s id is no proof; the calendar is', async () => {
    await world.fault({ kind: 'corrupt', route: 'oa/meetingroom/book', times: 1 })
    expect(await book(10, 11)).toMatchObject({ kind: 'done', occurrence: { startMs: at(10) } })
  })

  it('an answer in either of its shapes is read', async () => {
    await world.inner.control('PATCH', 'quirks', { swapsScheduleShape: true })
    await book(10, 11)
    expect(await end(10)).toMatchObject({ kind: 'done' })
  })
})
