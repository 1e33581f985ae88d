import { onScopeDispose, shallowRef, watch } from 'vue'
import type { ShallowRef } from 'vue'
import { MINUTE_MS, SECOND_MS } from '../../../shared/domain/duration.ts'
import type { Clock } from '../time/Clock.ts'

/** Wall time and monotonic time drifting apart by more than this between two ticks is a clock that was set. */
const JUMP_MS = 2_000

/** What decides when {@link useNow} must show a new instant. */
export interface NowOptions {
  readonly clock: Clock
  /** What to add to the device's clock; reactive. */
  readonly offsetMs: () => number
  /** Anything whose change needs the exact present instant (the snapshot); reactive. */
  readonly source: () => unknown
  /** The next instant after the given one at which the screen changes, or null. */
  readonly nextChange: (nowMs: number) => number | null
  /** Whether something on screen counts seconds at the moment. */
  readonly isExact: () => boolean
  /** The device's clock was set, or the device slept. */
  readonly onJump: () => void
}

/**
 * The present, for the screen: corrected epoch milliseconds that change with the minute, at every `nextChange`, and with
 * the second only where seconds are shown. One timer, aligned to the second; between two changes nothing re-renders.
 */
export function useNow({ clock, offsetMs, source, nextChange, isExact, onJump }: NowOptions): {
  readonly nowMs: Readonly<ShallowRef<number>>
  /** Looks at the clock at once, e.g. after the page was hidden. */
  readonly sync: () => void
} {
  const read = (): number => clock.now() + offsetMs()
  const nowMs = shallowRef(read())
  let driftMs = clock.now() - clock.monotonic()
  let cancel = (): void => undefined

  function isDue(atMs: number): boolean {
    const shownMs = nowMs.value
    if (atMs < shownMs) return true
    const grainMs = isExact() ? SECOND_MS : MINUTE_MS
    if (Math.floor(atMs / grainMs) !== Math.floor(shownMs / grainMs)) return true
    const changeMs = nextChange(shownMs)
    return changeMs !== null && changeMs <= atMs
  }

  function arm(): void {
    const atMs = read()
    const secondMs = (Math.floor(atMs / SECOND_MS) + 1) * SECOND_MS
    const changeMs = nextChange(atMs) ?? secondMs
    cancel()
    cancel = clock.schedule(Math.min(secondMs, changeMs) - atMs, sync)
  }

  function sync(): void {
    const nextDriftMs = clock.now() - clock.monotonic()
    const hasJumped = Math.abs(nextDriftMs - driftMs) > JUMP_MS
    // Slow drift is the clock's own correction; taking it in at every tick keeps it from adding up to a jump.
    driftMs = nextDriftMs
    const atMs = read()
    if (isDue(atMs)) nowMs.value = atMs
    arm()
    if (hasJumped) onJump()
  }

  watch(
    [source, offsetMs],
    () => {
      nowMs.value = read()
      arm()
    },
    { flush: 'sync' },
  )
  arm()
  onScopeDispose(() => cancel())
  return { nowMs, sync }
}
