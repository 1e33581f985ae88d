import { randomUUID } from 'node:crypto'
import { platformSettings, WEST_LAKE } from '../../e2e/fixtures/panelSettings.ts'
import type { PanelSettings } from '../../e2e/fixtures/panelSettings.ts'
import { createSimulatorClient } from '../../e2e/fixtures/SimulatorClient.ts'
import type { SimulatorClient } from '../../e2e/fixtures/SimulatorClient.ts'
import { testPlatforms } from '../../e2e/fixtures/testPlatforms.ts'
import { createSimulator } from '../../simulator/createSimulator.ts'
import { anyScreen } from '../../src/core/api/Caller.ts'
import { createLane } from '../../src/core/async/createLane.ts'
import { createCore } from '../../src/core/createCore.ts'
import { transportFailure } from '../../src/core/providers/testing/openSimulatedVendor.ts'
import { createFakeClock } from '../../src/core/testing/fakeClock.ts'
import {
  createMemorySecrets,
  createMemorySettings,
  createMemoryState,
} from '../../src/core/testing/memoryStores.ts'
import { createRecordingLogger } from '../../src/core/testing/recordingLogger.ts'
import type { ApiResult } from '../../src/shared/api/errors.ts'
import type { InputOf, OutputOf, RouteName } from '../../src/shared/api/routes.ts'
import type { Platform } from '../../src/shared/domain/platform.ts'
import type { RoomSnapshot } from '../../src/shared/domain/roomSnapshot.ts'

const OFFICE_URL = 'https://vendor.invalid'

/** A Monday at 10:07:30 in the office. */
const MORNING_MS = Date.parse('2026-11-16T10:07:30+08:00')
const room = WEST_LAKE.officeRoomId

/** A booked time, in minutes after midnight. */
export type Taken = readonly [fromMinute: number, untilMinute: number]

/** The real core at one door of the simulated office, all in this process, on time that passes when told. */
export interface Door {
  readonly simulator: SimulatorClient
  /** The way to the vendor. */
  readonly line: { cut(): void; restore(): void }
  now(): number
  /** Lets time pass in steps, each no longer than `stepMs`, as a panel that runs lives through it. */
  live(ms: number, stepMs?: number, each?: () => Promise<void>): Promise<void>
  ask<R extends RouteName>(route: R, input: InputOf<R>): Promise<ApiResult<OutputOf<R>>>
  book(minutes: number | null, pressId?: string): Promise<unknown>
  extend(meetingId: string, minutes: number, pressId?: string): Promise<unknown>
  end(meetingId: string, pressId?: string): Promise<unknown>
  checkIn(meetingId: string): Promise<unknown>
  snapshot(): Promise<RoomSnapshot>
  /** Lets time pass until the room was read anew. */
  reread(): Promise<void>
  /** What the calendar says, adjoining bookings as one. */
  taken(): Promise<readonly Taken[]>
  /** The log so far. */
  log(): string
  restart(): Promise<void>
  close(): Promise<void>
}

const minuteOf = (atMs: number): number => (((atMs / 60_000 + 8 * 60) % 1440) + 1440) % 1440

/** Turns of the event loop without a call coming or going after which only time can help. */
const QUIET_TURNS = 20
/** How time passes for whoever waits for an answer. */
const TICK_MS = 100

/** A simulated office without a connection to it, and the clock everybody goes by. */
function openOffice() {
  let stirs = 0
  let isCut = false
  async function settle(): Promise<void> {
    let seen = stirs
    for (let quiet = 0; quiet < QUIET_TURNS; quiet += 1) {
      await new Promise((resolve) => setImmediate(resolve))
      if (stirs === seen) continue
      seen = stirs
      quiet = -1
    }
  }
  const clock = createFakeClock(MORNING_MS, settle)
  const wait = (ms: number) => new Promise<void>((resolve) => void clock.schedule(ms, resolve))
  const office = createSimulator({ now: () => clock.now(), wait, seed: 'empty' })
  return {
    clock,
    settle,
    simulator: createSimulatorClient(OFFICE_URL, office.handle),
    line: { cut: () => void (isCut = true), restore: () => void (isCut = false) },
    fetch: async (address: string, init?: RequestInit): Promise<Response> => {
      if (isCut) throw transportFailure('ECONNREFUSED')
      stirs += 1
      return office.handle(address, init).finally(() => (stirs += 1))
    },
    close: () => office.close(),
  }
}

/** Opens the office and the door. */
export async function openDoor(platform: Platform, settings: PanelSettings = {}): Promise<Door> {
  const office = openOffice()
  const { clock, simulator, line } = office
  const log = createRecordingLogger()
  const wishes = { canBook: true, polling: { intervalSeconds: 10 }, ...settings }
  const ports = {
    clock,
    log,
    http: { fetch: office.fetch },
    settings: createMemorySettings(platformSettings(platform, OFFICE_URL, wishes, await simulator.state())),
    secrets: createMemorySecrets(testPlatforms[platform].secrets),
    state: createMemoryState(),
    random: () => 0.5,
    version: '0.0.0-test',
  }
  const inTurn = createLane()

  /** Time passes for all who wait, once. */
  async function during<T>(work: Promise<T>): Promise<T> {
    let isOver = false
    const isSettled = (): boolean => isOver
    const end = (): void => void (isOver = true)
    work.then(end, end)
    await office.settle()
    const tick = () => (isOver ? undefined : clock.advance(TICK_MS))
    while (!isSettled()) await inTurn(tick)
    return work
  }

  const start = async () => {
    const next = createCore(ports)
    const outcome = await during(next.start())
    if (outcome.kind !== 'running') throw new Error(`the door did not start: ${JSON.stringify(outcome)}`)
    // The first read is due at once.
    await inTurn(() => clock.advance(1_000))
    return next
  }
  let core = await start()

  const ask = async <R extends RouteName>(route: R, input: InputOf<R>): Promise<ApiResult<OutputOf<R>>> =>
    (await during(core.dispatch(route, input, anyScreen))) as ApiResult<OutputOf<R>>
  async function press<R extends RouteName>(route: R, input: InputOf<R>): Promise<unknown> {
    const answer = await ask(route, input)
    return answer.ok ? answer.data : answer.error
  }
  const here = { roomId: WEST_LAKE.id, pin: null }

  async function snapshot(): Promise<RoomSnapshot> {
    const answer = await ask('room.getSnapshot', { roomId: WEST_LAKE.id })
    if (!answer.ok) throw new Error(answer.error.code)
    return answer.data.snapshot
  }

  async function live(ms: number, stepMs = 10_000, each = () => Promise.resolve()): Promise<void> {
    for (let leftMs = ms; leftMs > 0; leftMs -= stepMs) {
      await inTurn(() => clock.advance(Math.min(stepMs, leftMs)))
      await each()
    }
  }

  return {
    simulator,
    line,
    now: () => clock.now(),
    live,
    ask,
    book: (minutes, pressId = randomUUID()) =>
      press('room.book', { ...here, startMs: null, minutes, pressId }),
    extend: (meetingId, minutes, pressId = randomUUID()) =>
      press('meeting.extend', { ...here, meetingId, minutes, pressId }),
    end: (meetingId, pressId = randomUUID()) => press('meeting.end', { ...here, meetingId, pressId }),
    checkIn: (meetingId) => press('meeting.checkIn', { ...here, meetingId }),
    snapshot,
    async reread() {
      const sinceMs = clock.now()
      for (let steps = 0; steps < 10; steps += 1) {
        await live(4_000)
        // The read may have begun before what it is wanted for.
        if (((await snapshot()).fetchedAtMs ?? 0) > sinceMs + 4_000) return
      }
      throw new Error('the room was not read again')
    },
    async taken() {
      const ranges: [number, number][] = []
      for (const { startMs, endMs } of await simulator.takenIn(room)) {
        const last = ranges.at(-1)
        if (last?.[1] === minuteOf(startMs)) last[1] = minuteOf(endMs)
        else ranges.push([minuteOf(startMs), minuteOf(endMs)])
      }
      return ranges
    },
    log: () => log.text(),
    async restart() {
      await during(core.stop())
      core = await start()
    },
    async close() {
      await during(core.stop())
      await office.close()
    },
  }
}
