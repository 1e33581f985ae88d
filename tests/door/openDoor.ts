import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { platformSettings, WEST_LAKE } from '../../e2e/fixtures/panelSettings.ts'
import type { PanelSettings } from '../../e2e/fixtures/panelSettings.ts'
import { createSimulatorClient } from '../../e2e/fixtures/SimulatorClient.ts'
import type { SimulatorClient } from '../../e2e/fixtures/SimulatorClient.ts'
import { openSimulatorGate } from '../../e2e/fixtures/simulatorGate.ts'
import type { SimulatorGate } from '../../e2e/fixtures/simulatorGate.ts'
import { testPlatforms } from '../../e2e/fixtures/testPlatforms.ts'
import { createActivity } from '../../e2e/time/createActivity.ts'
import { createTravelClock, realTime } from '../../e2e/time/travelClock.ts'
import { createSimulator } from '../../simulator/createSimulator.ts'
import { startHost } from '../../src/host/startHost.ts'
import type { ApiResult } from '../../src/shared/api/errors.ts'
import type { InputOf, OutputOf, RouteName } from '../../src/shared/api/routes.ts'
import type { Platform } from '../../src/shared/domain/platform.ts'
import type { RoomSnapshot } from '../../src/shared/domain/roomSnapshot.ts'

/** A Monday at 10:07:30 in the office. */
const MORNING_MS = Date.parse('2026-11-16T10:07:30+08:00')
const room = WEST_LAKE.officeRoomId

/** A booked time, in minutes after midnight. */
export type Taken = readonly [fromMinute: number, untilMinute: number]

/** The real host at one door of the simulated office, on travelling time, asked over HTTP as a screen asks. */
export interface Door {
  readonly simulator: SimulatorClient
  readonly line: SimulatorGate
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

/** Opens the office and the door. */
export async function openDoor(platform: Platform, settings: PanelSettings = {}): Promise<Door> {
  const clock = createTravelClock(MORNING_MS)
  const activity = createActivity(realTime())
  const office = createSimulator({ now: () => clock.now(), seed: 'empty' })
  const simulator = createSimulatorClient((await office.listen(0)).url)
  const line = await openSimulatorGate(simulator.url)
  const folder = await mkdtemp(join(tmpdir(), 'doorplate-door-'))
  const document = platformSettings(
    platform,
    line.url,
    { canBook: true, polling: { intervalSeconds: 10 }, ...settings },
    await simulator.state(),
  )
  await mkdir(join(folder, 'screen'))
  await writeFile(join(folder, 'screen/index.html'), '<!doctype html>')
  await writeFile(join(folder, 'settings.json'), JSON.stringify(document))
  await writeFile(join(folder, 'secrets.json'), JSON.stringify(testPlatforms[platform].secrets), {
    mode: 0o600,
  })
  const lines: string[] = []
  const start = () =>
    startHost(
      {
        settingsFile: join(folder, 'settings.json'),
        secretsFile: join(folder, 'secrets.json'),
        environment: {},
        stateDirectory: join(folder, 'state'),
        screenDirectory: join(folder, 'screen'),
        host: '127.0.0.1',
        port: 0,
        allowedHosts: [],
        isGalleryOn: false,
        logLevel: 'debug',
        version: '0.0.0-test',
        writeLog: (text) => lines.push(text),
      },
      { clock, fetch: (url, init) => activity.track(fetch(url, init)) },
    )
  let host = await start()

  async function ask<R extends RouteName>(route: R, input: InputOf<R>): Promise<ApiResult<OutputOf<R>>> {
    const answer = await fetch(new URL(`api/${route}`, host.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    })
    return (await answer.json()) as ApiResult<OutputOf<R>>
  }
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
      clock.advance(Math.min(stepMs, leftMs))
      await activity.settled()
      await each()
    }
  }
  await activity.settled()

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
    log: () => lines.join(''),
    async restart() {
      await host.stop()
      host = await start()
      await activity.settled()
    },
    async close() {
      await host.stop()
      await line.cut()
      await office.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
