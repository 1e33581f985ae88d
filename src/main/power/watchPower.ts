import type { PowerMonitor } from 'electron'
import type { Clock } from '../../core/ports/Clock.ts'
import type { Logger } from '../../core/ports/Logger.ts'
import { tickGap } from './tickGap.ts'
import type { Tick } from './tickGap.ts'

/** What {@link watchPower} needs. */
export interface WatchPowerDeps {
  readonly powerMonitor: Pick<PowerMonitor, 'on'>
  readonly clock: Clock
  readonly log: Logger
  /** Time went on without us: connections are dead and the plan may be old. */
  readonly onAwake: (because: string) => void
}

const TICK_MS = 10_000
/** A resume is told by several events and by the gap; the first one counts. */
const SAME_WAKE_MS = 15_000

/** Notices that the machine slept, by the system's word or by a gap between the clocks, and that its clock was set. */
export function watchPower({ powerMonitor, clock, log, onAwake }: WatchPowerDeps): void {
  let lastAwakeMs = -Infinity
  let before: Tick = look()

  function look(): Tick {
    return { wallMs: clock.now(), monotonicMs: clock.monotonic() }
  }

  function awake(because: string): void {
    const nowMs = clock.monotonic()
    if (nowMs - lastAwakeMs < SAME_WAKE_MS) return
    lastAwakeMs = nowMs
    log.info('awake', { because })
    onAwake(because)
  }

  function tick(): void {
    const now = look()
    const gap = tickGap(before, now, TICK_MS)
    before = now
    if (gap !== 'steady') awake(gap)
    clock.schedule(TICK_MS, tick)
  }

  powerMonitor.on('suspend', () => log.info('suspend'))
  powerMonitor.on('resume', () => awake('resume'))
  powerMonitor.on('unlock-screen', () => awake('unlock-screen'))
  clock.schedule(TICK_MS, tick)
}
