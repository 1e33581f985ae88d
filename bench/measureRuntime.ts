import { setTimeout as pause } from 'node:timers/promises'
import type { FoundElectron } from '../e2e/electron/prepareRuntime.ts'
import { MINUTE_MS } from '../src/shared/domain/duration.ts'
import { median } from './Figure.ts'
import type { Figure } from './Figure.ts'
import { runtimeFigures } from './runtime/figures.ts'
import type { Beside, Growth, Runtimes } from './runtime/figures.ts'
import type { MeasuredApp } from './runtime/launchApp.ts'
import { openStage } from './runtime/openStage.ts'
import type { AppName, Stage } from './runtime/openStage.ts'
import { cpuSecondsOf, memoryOf } from './runtime/processTree.ts'

const WARM_RUNS = 7
const COLD_RUNS = 3
const STEP_MS = 30_000
const HOUR_STEPS = (60 * MINUTE_MS) / STEP_MS
const SETTLE_MS = 2 * MINUTE_MS
/** Time that runs away from a panel in the middle of its first calls would end them by their deadlines. */
const FIRST_READING_MS = 5000
/** Until then the caches still fill. */
const WARM_UP_EVENTS = 700
const EVENTS = 10_000

const names: readonly AppName[] = ['doorplate', 'empty']

type Starts = Readonly<Record<AppName, MeasuredApp[]>>

/** One after the other, in turn: what the machine does meanwhile strikes both. */
async function startInTurn(runs: number, start: (name: AppName) => Promise<MeasuredApp>): Promise<Starts> {
  const starts: Starts = { doorplate: [], empty: [] }
  for (let run = 0; run < runs; run += 1) {
    for (const name of names) {
      const app = await start(name)
      await app.stop()
      starts[name].push(app)
    }
  }
  return starts
}

const besideOf = (starts: Starts, read: (app: MeasuredApp) => number): Beside => ({
  ours: median(starts.doorplate.map(read)),
  empty: median(starts.empty.map(read)),
})

interface Rest {
  readonly memoryBytes: number
  readonly cpuPercent: number
}

/** Memory and processor of an app nobody touches. */
async function rest(app: MeasuredApp, idle: () => Promise<void>): Promise<Rest> {
  try {
    await idle()
    const before = cpuSecondsOf(await app.tree())
    const startedMs = performance.now()
    await pause(MINUTE_MS)
    const tree = await app.tree()
    const tookS = (performance.now() - startedMs) / 1000
    return {
      memoryBytes: await memoryOf(tree),
      cpuPercent: ((cpuSecondsOf(tree) - before) / tookS) * 100,
    }
  } finally {
    await app.stop()
  }
}

async function restOfBoth(stage: Stage, minutes: number | null): Promise<Readonly<Record<AppName, Rest>>> {
  if (minutes !== null) {
    const idle = (): Promise<void> => pause(minutes * MINUTE_MS)
    const doorplate = await rest(await stage.start('doorplate'), idle)
    return { doorplate, empty: await rest(await stage.start('empty'), idle) }
  }
  const app = await stage.startOnTravel()
  const doorplate = await rest(app, async () => {
    await pause(FIRST_READING_MS)
    for (let step = 0; step < HOUR_STEPS; step += 1) await stage.advance(app, STEP_MS)
    await pause(SETTLE_MS)
  })
  return { doorplate, empty: await rest(await stage.start('empty'), () => pause(SETTLE_MS)) }
}

async function grow(stage: Stage): Promise<Growth> {
  const app = await stage.start('doorplate')
  try {
    await pause(FIRST_READING_MS)
    await app.repeat(WARM_UP_EVENTS)
    const before = await app.heap()
    await app.repeat(EVENTS)
    const after = await app.heap()
    if (after.loads !== before.loads) throw new Error('the page was loaded anew: its heap says nothing')
    return { before, after, events: EVENTS, warmUp: WARM_UP_EVENTS }
  } finally {
    await app.stop()
  }
}

/** For whoever waits a quarter of an hour. */
const tell = (text: string): boolean => process.stderr.write(`  ${text}\n`)

async function measureOn(stage: Stage, version: string, minutes: number | null): Promise<Runtimes> {
  // The first start of all makes profiles and caches.
  await startInTurn(1, stage.start)
  const cold = await startInTurn(COLD_RUNS, stage.startCold)
  const warm = await startInTurn(WARM_RUNS, stage.start)
  tell(`starts: ${cold.doorplate.length} cold, ${warm.doorplate.length} warm, of each app`)
  const growth = await grow(stage)
  tell(`${growth.events} snapshots; now both apps rest`)
  const { doorplate, empty } = await restOfBoth(stage, minutes)
  return {
    version,
    minutes,
    isTrulyCold: stage.canForgetFiles,
    runs: { cold: COLD_RUNS, warm: WARM_RUNS },
    coldWindowMs: besideOf(cold, ({ windowMs }) => windowMs),
    coldShownMs: besideOf(cold, ({ shownMs }) => shownMs),
    warmWindowMs: besideOf(warm, ({ windowMs }) => windowMs),
    warmShownMs: besideOf(warm, ({ shownMs }) => shownMs),
    memoryBytes: { ours: doorplate.memoryBytes, empty: empty.memoryBytes },
    cpuPercent: { ours: doorplate.cpuPercent, empty: empty.cpuPercent },
    growth,
  }
}

/**
 * The built app on the real Electron, beside an empty app on the same one.
 * @param minutes really idle before memory is read; null lets an hour pass by the app's own clock
 */
export async function measureRuntime(
  electron: FoundElectron,
  minutes: number | null,
): Promise<readonly Figure[]> {
  const stage = await openStage(electron)
  try {
    return runtimeFigures(await measureOn(stage, electron.version, minutes))
  } finally {
    await stage.close()
  }
}
