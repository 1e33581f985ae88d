import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { occupiedRange } from '../../../shared/domain/meeting.ts'
import type { Meeting } from '../../../shared/domain/meeting.ts'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import { maskMeeting } from '../../../shared/domain/privacy.ts'
import { createZone, dayRange } from '../../../shared/domain/zonedTime.ts'
import { ProviderError } from '../ProviderError.ts'
import type { RoomReading, RoomRef, SiteProvider } from '../SiteProvider.ts'
import type { ContractWorld } from './ContractWorld.ts'
import { exposedText } from './exposedText.ts'

const HOUR = 3_600_000
const MINUTE = 60_000
const never = new AbortController().signal
const isFree = (calls: number): boolean => calls === 0
/** A Monday, ten in the morning in Shanghai. */
export const CONTRACT_NOW_MS = Date.parse('2026-03-16T10:00:00+08:00')

/**
 * The cases every platform's provider must pass against the simulator of its vendor. Each states what a door would
 * show wrongly if it failed; all of them together say: unknown is never free, and nothing leaks.
 * @param openWorld a fresh world for every case, with nothing booked, at {@link CONTRACT_NOW_MS} in Asia/Shanghai
 */
export function describeProvider<Source>(
  name: string,
  openWorld: () => ContractWorld<Source> | Promise<ContractWorld<Source>>,
): void {
  describe(`${name}: provider contract`, () => {
    let world: ContractWorld<Source>
    /** Everything thrown at us, for the last check of every case. */
    let thrown: unknown[] = []

    beforeEach(async () => {
      world = await openWorld()
      thrown = []
    })

    afterEach(async () => {
      const spoken = `${thrown.map(exposedText).join('\n')}\n${world.log.text()}`
      for (const sentinel of world.sentinels()) expect(spoken).not.toContain(sentinel)
      await world.close()
    })

    const today = (timeZone = 'Asia/Shanghai', nowMs = world.clock.now()): TimeRange =>
      dayRange(createZone(timeZone), nowMs)
    const atHour = (hours: number): number => today().fromMs + hours * HOUR

    async function read(
      provider: SiteProvider<Source> = world.provider(),
      rooms: readonly RoomRef<Source>[] = world.rooms,
      range: TimeRange = today(),
    ): Promise<ReadonlyMap<string, RoomReading>> {
      const readings = await provider.listMeetings(rooms, range, never)
      for (const reading of readings.values()) if (reading.kind === 'failed') thrown.push(reading.error)
      return readings
    }

    async function readRoom(
      room: RoomRef<Source> = world.rooms[0],
      provider?: SiteProvider<Source>,
      range?: TimeRange,
    ): Promise<Extract<RoomReading, { kind: 'read' }>> {
      const reading = (await read(provider, world.rooms, range)).get(room.id)
      if (reading?.kind !== 'read') throw new Error(`not read: ${String(reading?.error.message)}`)
      return reading
    }

    /** The refusal every room met, thrown or told room by room; never an answer for any of them. */
    async function refusalOf(
      provider: SiteProvider<Source> = world.provider(),
      rooms: readonly RoomRef<Source>[] = world.rooms,
    ): Promise<ProviderError> {
      const outcome: unknown = await read(provider, rooms).catch((error: unknown) => error)
      const errors =
        outcome instanceof Map
          ? [...(outcome as ReadonlyMap<string, RoomReading>).values()].map((reading) =>
              reading.kind === 'failed' ? reading.error : expect.fail('a room was read'),
            )
          : [outcome]
      thrown.push(...errors)
      for (const error of errors) expect(error).toBeInstanceOf(ProviderError)
      const [first] = errors as ProviderError[]
      if (!first) throw new Error('the answer is empty')
      for (const error of errors as ProviderError[]) expect(error.kind).toBe(first.kind)
      return first
    }

    const occupied = (meetings: readonly Meeting[]): readonly string[] =>
      meetings
        .flatMap((meeting) => occupiedRange(meeting) ?? [])
        .map(({ fromMs, untilMs }) => `${(fromMs - atHour(0)) / HOUR}-${(untilMs - atHour(0)) / HOUR}`)
        .sort()

    describe('what is there is read', () => {
      it('a room’s meetings with their times, each room its own, proved for the whole range', async () => {
        const [first, second, third] = world.rooms
        await world.book(first, { startMs: atHour(9), endMs: atHour(11) })
        await world.book(first, { startMs: atHour(14), endMs: atHour(15) })
        await world.book(third, { startMs: atHour(16), endMs: atHour(17) })
        const readings = await read()
        const spans = [first, second, third].map((room) => {
          const reading = readings.get(room.id)
          return reading?.kind === 'read' ? occupied(reading.meetings) : reading?.error.message
        })
        expect(spans).toEqual([['14-15', '9-11'], [], ['16-17']])
        for (const reading of readings.values()) {
          expect(reading).toMatchObject({ kind: 'read', unknownStates: [], closures: [] })
          if (reading.kind !== 'read') continue
          expect(reading.horizon.fromMs).toBeLessThanOrEqual(today().fromMs)
          expect(reading.horizon.untilMs).toBeGreaterThanOrEqual(today().untilMs)
        }
      })

      it('an empty room is read as empty, not as unknown', async () => {
        expect(await readRoom()).toMatchObject({ kind: 'read', meetings: [], evidence: { kind: 'complete' } })
      })

      it('the platform’s description of the room comes along', async () => {
        const { room } = await readRoom()
        expect(room).toMatchObject({ id: world.rooms[0].id })
        expect(room?.name).not.toBe('')
      })

      it('meetings have ids of their own that stay the same', async () => {
        const provider = world.provider()
        for (const hour of [9, 11, 14]) {
          await world.book(world.rooms[0], { startMs: atHour(hour), endMs: atHour(hour + 1) })
        }
        const ids = async () => (await readRoom(world.rooms[0], provider)).meetings.map((one) => one.id)
        const before = await ids()
        expect(new Set(before).size).toBe(3)
        expect(await ids()).toEqual(before)
      })

      it('who booked is named where the platform tells it', async () => {
        await world.book(world.rooms[0], { startMs: atHour(9), endMs: atHour(11) })
        const provider = world.provider()
        const { meetings } = await readRoom(world.rooms[0], provider)
        const isNamed = typeof meetings[0]?.organizer === 'string' && meetings[0].organizer !== ''
        expect(isNamed).toBe(provider.capabilities.organizers)
      })

      it('tomorrow is read when it is asked for', async () => {
        await world.book(world.rooms[0], { startMs: atHour(33), endMs: atHour(34) })
        const range = { fromMs: atHour(0), untilMs: atHour(48) }
        const { meetings, horizon } = await readRoom(world.rooms[0], world.provider(), range)
        expect(occupied(meetings)).toEqual(['33-34'])
        expect(horizon.untilMs).toBeGreaterThanOrEqual(range.untilMs)
      })
    })

    describe('kinds of meetings', () => {
      it('overlapping meetings are all there', async () => {
        await world.book(world.rooms[0], { startMs: atHour(9), endMs: atHour(11) })
        await world.book(world.rooms[0], { startMs: atHour(10), endMs: atHour(12) })
        expect(occupied((await readRoom()).meetings)).toEqual(['10-12', '9-11'])
      })

      it('back-to-back meetings leave no gap to flash free in', async () => {
        await world.book(world.rooms[0], { startMs: atHour(9), endMs: atHour(10) })
        await world.book(world.rooms[0], { startMs: atHour(10), endMs: atHour(11) })
        expect(occupied((await readRoom()).meetings)).toEqual(['10-11', '9-10'])
      })

      it('a cancelled meeting does not take the room', async () => {
        await world.book(world.rooms[0], { startMs: atHour(9), endMs: atHour(11), state: 'cancelled' })
        expect(occupied((await readRoom()).meetings)).toEqual([])
      })

      it('a rejected booking does not take the room', async () => {
        await world.book(world.rooms[0], { startMs: atHour(9), endMs: atHour(11), state: 'rejected' })
        expect(occupied((await readRoom()).meetings)).toEqual([])
      })

      it('a private meeting takes the room; its title stays where it is, and so does who booked it', async () => {
        await world.book(world.rooms[0], { startMs: atHour(9), endMs: atHour(11), isPrivate: true })
        const { meetings } = await readRoom()
        expect(occupied(meetings)).toEqual(['9-11'])
        expect(meetings[0]?.isPrivate).toBe(world.knowsPrivate)
        const shown = JSON.stringify(meetings.map((one) => maskMeeting(one, 'full')))
        expect(shown).not.toContain(world.title)
        expect(shown.includes(world.bookerName)).toBe(!world.knowsPrivate)
      })

      it('a private meeting of which only its time could be read names nobody either', async () => {
        await world.book(world.rooms[0], { startMs: atHour(9), endMs: atHour(11), isPrivate: true })
        const { meetings } = await readRoom(world.rooms[0], world.provider({ mayAlsoCall: isFree }))
        const shown = JSON.stringify(meetings.map((one) => maskMeeting(one, 'full')))
        expect(shown).not.toContain(world.title)
        expect(shown.includes(world.bookerName)).toBe(!world.knowsPrivate)
      })

      it('a meeting that waits for approval takes the room and says so', async () => {
        await world.book(world.rooms[0], { startMs: atHour(9), endMs: atHour(11), state: 'pending' })
        const { meetings } = await readRoom()
        expect([occupied(meetings), meetings[0]?.state]).toEqual([['9-11'], 'pending'])
      })

      it('a state nobody documented counts as busy and is reported', async () => {
        await world.book(world.rooms[0], { startMs: atHour(9), endMs: atHour(11), state: 'unknown' })
        const { meetings, unknownStates } = await readRoom()
        expect([occupied(meetings), meetings[0]?.state]).toEqual([['9-11'], 'unknown'])
        expect(unknownStates).toHaveLength(1)
      })

      it('a recurring meeting is one meeting on each of its days', async () => {
        for (const hours of [9, 33]) {
          const series = { startMs: atHour(hours), endMs: atHour(hours + 1), series: 'weekly' }
          await world.book(world.rooms[0], series)
        }
        const range = { fromMs: atHour(0), untilMs: atHour(48) }
        const { meetings } = await readRoom(world.rooms[0], world.provider(), range)
        expect(occupied(meetings)).toEqual(['33-34', '9-10'])
        expect(new Set(meetings.map((one) => one.id)).size).toBe(2)
      })

      it('a meeting of the whole day covers the whole day', async () => {
        await world.book(world.rooms[0], { startMs: atHour(0), endMs: atHour(24) })
        const { meetings } = await readRoom()
        expect([occupied(meetings), meetings[0]?.isAllDay]).toEqual([['0-24'], true])
      })
    })

    describe('midnight and zones', () => {
      it.each([
        ['half past midnight', 0.5, 1.5],
        ['in the morning, to a panel that just started', 7, 8],
      ])('a meeting begun yesterday still takes the room %s', async (_name, nowHour, endHour) => {
        await world.book(world.rooms[0], { startMs: atHour(-2), endMs: atHour(endHour) })
        world.clock.setNow(atHour(nowHour))
        const { meetings, horizon } = await readRoom()
        expect(occupied(meetings)).toEqual([`-2-${endHour}`])
        expect(horizon.untilMs).toBeGreaterThanOrEqual(today().untilMs)
      })

      it('and goes on doing so while it lasts', async () => {
        await world.book(world.rooms[0], { startMs: atHour(-2), endMs: atHour(8) })
        const provider = world.provider()
        for (const hour of [0.5, 3.5, 5, 7.9]) {
          world.clock.setNow(atHour(0) + Math.round(hour * HOUR))
          expect(occupied((await readRoom(world.rooms[0], provider)).meetings)).toEqual(['-2-8'])
        }
      })

      it('a meeting that runs into tomorrow is one meeting', async () => {
        world.clock.setNow(atHour(22))
        await world.book(world.rooms[0], { startMs: atHour(23), endMs: atHour(26) })
        const range = { fromMs: atHour(0), untilMs: atHour(48) }
        const { meetings } = await readRoom(world.rooms[0], world.provider(), range)
        expect(occupied(meetings)).toEqual(['23-26'])
      })

      it.each(['America/New_York', 'Europe/Berlin', 'Asia/Kolkata'])(
        'the day of a panel in %s is read whole',
        async (timeZone) => {
          const day = today(timeZone)
          const spans = [0.5, 8, 12, 15.5, 23].map((hours) => ({
            startMs: day.fromMs + hours * HOUR,
            endMs: day.fromMs + (hours + 0.5) * HOUR,
          }))
          for (const span of spans) await world.book(world.rooms[0], span)
          const { meetings, horizon } = await readRoom(world.rooms[0], world.provider({ timeZone }), day)
          const starts = meetings.map((one) => one.startMs).sort((a, b) => a - b)
          expect(starts).toEqual(spans.map((span) => span.startMs))
          expect(horizon.fromMs).toBeLessThanOrEqual(day.fromMs)
          expect(horizon.untilMs).toBeGreaterThanOrEqual(day.untilMs)
        },
      )
    })

    describe('a spoilt answer is never an empty room', () => {
      it.each([
        ['broken JSON', { kind: 'corrupt' }, 'badResponse'],
        ['fields of other types', { kind: 'wrongTypes' }, 'badResponse'],
        ['missing fields', { kind: 'missingFields' }, 'badResponse'],
        ['the page of a captive portal', { kind: 'html' }, 'badResponse'],
        ['200 with nothing', { kind: 'emptyBody' }, 'badResponse'],
        ['an answer without end', { kind: 'oversize', bytes: 8_000_000 }, 'badResponse'],
        ['half an answer', { kind: 'truncate' }, 'network'],
        ['a dropped connection', { kind: 'drop' }, 'network'],
        ['a body in a trickle', { kind: 'slowBody', ms: 3_000, bytes: 8 }, 'network'],
        ['an answer that does not come', { kind: 'delay', ms: 60_000 }, 'network'],
        ['HTTP 500', { kind: 'status', status: 500 }, 'server'],
        ['HTTP 502 of a gateway', { kind: 'status', status: 502 }, 'server'],
        ['HTTP 429', { kind: 'status', status: 429, retryAfter: 7 }, 'rateLimited'],
        ['HTTP 407 of a proxy', { kind: 'status', status: 407 }, 'network'],
      ] as const)('%s, to the read and to the token', async (_name, fault, kind) => {
        await world.book(world.rooms[0], { startMs: atHour(9), endMs: atHour(11) })
        for (const route of [world.routes.read, world.routes.token]) {
          const provider = world.provider()
          await world.fault({ ...fault, route })
          const error = await refusalOf(provider)
          expect([route, error.kind]).toEqual([route, kind])
          if (kind === 'rateLimited') expect(error.details.retryAfterMs).toBeGreaterThanOrEqual(7000)
          await world.heal()
        }
      })

      it('and after it the room is read again', async () => {
        await world.book(world.rooms[0], { startMs: atHour(9), endMs: atHour(11) })
        const provider = world.provider()
        await world.fault({ kind: 'html' })
        await refusalOf(provider)
        await world.heal()
        expect(occupied((await readRoom(world.rooms[0], provider)).meetings)).toEqual(['9-11'])
      })

      it.each(['missing', 'refused'] as const)('a room %s in a good answer fails alone', async (how) => {
        const [first, second] = world.rooms
        const provider = world.provider()
        await read(provider)
        await world.failRoom(second, how)
        const readings = await read(provider)
        expect(readings.get(first.id)?.kind).toBe('read')
        expect(readings.get(second.id)?.kind).toBe('failed')
        expect(readings.size).toBe(world.rooms.length)
      })
    })

    describe('refusals', () => {
      it('every one is told apart', async () => {
        for (const { name: refusal, fault, kind, retryAfterMs } of world.refusals) {
          await world.fault(fault)
          const error = await refusalOf()
          expect([refusal, error.kind]).toEqual([refusal, kind])
          if (retryAfterMs !== undefined)
            expect([refusal, error.details.retryAfterMs]).toEqual([refusal, retryAfterMs])
          await world.heal()
        }
      })

      it('a missing permission is named as the admin knows it', async () => {
        const name = await world.denyReading()
        const error = await refusalOf()
        expect([error.kind, error.details.missingPermission]).toEqual(['permission', name])
      })

      it('a spent allowance says when calls are answered again', async () => {
        await world.fault(world.spent.fault)
        const { kind, details } = await refusalOf()
        expect(kind).toBe(world.spent.kind)
        const resumesAtMs = details.resumesAtMs ?? world.clock.now() + (details.retryAfterMs ?? NaN)
        expect(Math.abs(resumesAtMs - world.spent.resumesAtMs)).toBeLessThan(MINUTE / 2)
      })

      it('a wrong secret is asked once, however many rooms there are', async () => {
        const provider = world.provider({ secret: 'sentinel-wrong-secret' })
        const error = await refusalOf(provider)
        expect(error.kind).toBe('auth')
        expect(exposedText(error)).not.toContain('sentinel-wrong-secret')
        await refusalOf(provider)
        const calls = Object.entries(await world.calls())
        expect(calls.map(([path, count]) => [path.includes(world.routes.token), count])).toEqual([[true, 1]])
      })

      it.each(['expired', 'revoked'] as const)('a token that was %s is renewed unseen', async (how) => {
        await world.book(world.rooms[0], { startMs: atHour(9), endMs: atHour(11) })
        const provider = world.provider()
        await read(provider)
        await world.endTokens(how)
        expect(occupied((await readRoom(world.rooms[0], provider)).meetings)).toEqual(['9-11'])
        const calls = Object.entries(await world.calls())
        expect(calls.find(([path]) => path.includes(world.routes.token))?.[1]).toBe(2)
      })
    })

    describe('the way to the platform', () => {
      it('a name that does not resolve is network', async () => {
        const provider = world.provider({ baseUrl: 'http://no-such-host.invalid' })
        expect((await refusalOf(provider)).kind).toBe('network')
        expect(world.told.calls).toBe(0)
      })

      it.each([
        ['a port nobody listens on is network', 'ECONNREFUSED', 'network'],
        ['a certificate nobody trusts is tls', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
      ] as const)('%s', async (_name, code, kind) => {
        world.vendor.cutOff(code)
        expect((await refusalOf()).kind).toBe(kind)
        expect(world.told.calls).toBe(0)
      })

      it('an abort before the read sends nothing and throws the caller’s reason', async () => {
        const reason = new Error('stopped before')
        const run = world.provider().listMeetings(world.rooms, today(), AbortSignal.abort(reason))
        await expect(run).rejects.toBe(reason)
        expect(await world.calls()).toEqual({})
      })

      it('an abort during the read throws the caller’s reason, and the provider lives on', async () => {
        const controller = new AbortController()
        const reason = new Error('stopped during')
        const provider = world.provider()
        await read(provider)
        await world.fault({ kind: 'delay', ms: 60_000, route: world.routes.read })
        const run = provider.listMeetings(world.rooms, today(), controller.signal)
        world.clock.schedule(50, () => controller.abort(reason))
        await expect(run).rejects.toBe(reason)
        await world.heal()
        expect((await readRoom(world.rooms[0], provider)).kind).toBe('read')
      })
    })

    describe('accounting', () => {
      it('every call is counted, and a quiet read costs what was announced', async () => {
        const provider = world.provider()
        await world.book(world.rooms[0], { startMs: atHour(9), endMs: atHour(11) })
        await read(provider)
        expect(world.told.calls).toBe(await world.countedCalls())
        const before = await world.countedCalls()
        const announced = provider.callCost(world.rooms, today())
        await read(provider)
        expect((await world.countedCalls()) - before).toBe(announced)
        expect(world.told.calls).toBe(await world.countedCalls())
      })

      it('reads at the same time share one token', async () => {
        const provider = world.provider()
        await Promise.all([read(provider), read(provider), read(provider)])
        const calls = Object.entries(await world.calls())
        expect(calls.find(([path]) => path.includes(world.routes.token))?.[1]).toBe(1)
      })

      it('tells how far the device’s clock is off', async () => {
        await world.skewServer(10 * MINUTE)
        await read()
        for (const offset of world.told.offsets) expect(Math.abs(offset - 10 * MINUTE)).toBeLessThan(2500)
        expect(world.told.offsets.length).toBeGreaterThan(0)
      })

      it('a clock that is right is told to be right', async () => {
        await read()
        expect(new Set(world.told.offsets)).toEqual(new Set([0]))
      })

      it('goes by the platform’s today, not the device’s', async () => {
        const day = today()
        const provider = world.provider()
        await world.book(world.rooms[0], { startMs: day.fromMs - HOUR, endMs: day.fromMs + 2 * HOUR })
        // The device believes it is yesterday noon; it is one in the morning.
        world.clock.setNow(day.fromMs - 11 * HOUR)
        await world.skewServer(12 * HOUR)
        const { meetings } = await readRoom(world.rooms[0], provider, day)
        expect(meetings.map((one) => one.endMs)).toEqual([day.fromMs + 2 * HOUR])
      })
    })

    describe('directory and test', () => {
      it('lists rooms to pick from, with the source that binds them', async () => {
        const provider = world.provider()
        const rooms = await provider.listRooms(never)
        expect(rooms.length).toBeGreaterThanOrEqual(world.rooms.length)
        const bound = rooms.map((one, index) => ({ id: `r${index}`, source: one.source }))
        const readings = await read(provider, bound)
        expect([...readings.values()].filter((one) => one.kind === 'failed')).toEqual([])
      })

      it('an account in order passes every step', async () => {
        const steps = await world.provider().testConnection(never)
        expect(steps.filter((one) => one.outcome === 'failed')).toEqual([])
        expect(new Set(steps.map((one) => one.step))).toEqual(
          new Set(['reachable', 'clock', 'token', 'permissions', 'rooms']),
        )
      })

      it.each([
        ['an address that is not there', { baseUrl: 'http://no-such-host.invalid' }, 'reachable'],
        ['a wrong secret', { secret: 'sentinel-wrong-secret' }, 'token'],
      ] as const)('%s fails at its step and skips what needs it', async (_name, overrides, step) => {
        const steps = await world.provider(overrides).testConnection(never)
        thrown.push(steps)
        expect(steps.filter((one) => one.outcome === 'failed').map((one) => one.step)).toEqual([step])
        expect(steps.at(-1)).toMatchObject({ step: 'rooms', outcome: 'skipped' })
      })
    })

    describe('pages', () => {
      it('a list over several pages is read to its end', async () => {
        const count = await world.paged.fill()
        expect(await world.paged.read(world.provider())).toBe(count)
      })

      it('a cursor that repeats leaves the list unread, not half read', async () => {
        await world.paged.fill()
        await world.fault({ kind: 'repeatCursor', route: world.paged.route })
        const error = await world.paged.read(world.provider()).catch((refusal: unknown) => refusal)
        thrown.push(error)
        expect(error).toMatchObject({ name: 'ProviderError', kind: 'badResponse' })
      })
    })
  })
}
