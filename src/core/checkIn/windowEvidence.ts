import type { TimeRange } from '../../shared/domain/timeRange.ts'
import type { GapKind, WindowEvidence } from './journal.ts'

/** How often an open window is looked at. */
export const SAMPLE_MS = 15_000
/** A window whose first look came later than this was not watched from its opening. */
const LATE_MS = 20_000
/** Two looks further apart than this: the device slept or stood still. */
const ASLEEP_MS = 45_000
/** A check-in button not reported by any screen for longer than this was not there. */
export const SHOWN_MS = 60_000
/** A device further off than this from the vendor's clock is not one to decide by, corrected or not. */
const MAX_OFFSET_MS = 60_000
/** Wall time and monotonic time may drift apart by this much within a window. */
const MAX_DRIFT_MS = 10_000

/** One look at the panel while a window is open. */
export interface WindowSample {
  readonly run: string
  /** Corrected time. */
  readonly nowMs: number
  /** What the device's own clock says. */
  readonly deviceMs: number
  readonly monotonicMs: number
  /** The last read succeeded. */
  readonly isOnline: boolean
  readonly isFresh: boolean
  readonly isOffsetKnown: boolean
  readonly offsetMs: number
  /** When a screen last said that the button is on it, on the monotonic clock; null for never. */
  readonly shownMonotonicMs: number | null
}

/** Whether the device's clock or the corrected one moved by itself since the window was first looked at. */
export function hasDrifted(
  evidence: WindowEvidence,
  { nowMs, deviceMs, monotonicMs }: Pick<WindowSample, 'nowMs' | 'deviceMs' | 'monotonicMs'>,
): boolean {
  const passedMs = monotonicMs - evidence.firstMonotonicMs
  return [nowMs - evidence.firstAtMs, deviceMs - evidence.firstDeviceMs].some(
    (wallMs) => Math.abs(wallMs - passedMs) > MAX_DRIFT_MS,
  )
}

function gapsIn(evidence: WindowEvidence, sample: WindowSample): readonly GapKind[] {
  const { nowMs, monotonicMs } = sample
  const shownMs = Math.max(evidence.firstMonotonicMs, sample.shownMonotonicMs ?? 0)
  const isClosing = nowMs >= evidence.untilMs
  const found: readonly (readonly [GapKind, boolean])[] = [
    ['asleep', monotonicMs - evidence.lastMonotonicMs > ASLEEP_MS],
    ['clockUnknown', !sample.isOffsetKnown],
    ['clockOff', Math.abs(sample.offsetMs) > MAX_OFFSET_MS],
    ['clockJumped', hasDrifted(evidence, sample)],
    ['offline', !sample.isOnline],
    ['stale', !sample.isFresh],
    ['notShown', monotonicMs - shownMs > SHOWN_MS || (isClosing && sample.shownMonotonicMs === null)],
  ]
  return found.flatMap(([kind, isFound]) => (isFound ? [kind] : []))
}

const withGaps = (evidence: WindowEvidence, gaps: readonly GapKind[]): WindowEvidence => ({
  ...evidence,
  gaps: [...new Set([...evidence.gaps, ...gaps])],
})

/**
 * Takes one look into a window's evidence; the first one begins it. Gaps are never forgotten: one is enough to make
 * a release unfair. A look by another life of the process is itself a gap.
 */
export function sampleWindow(
  before: WindowEvidence | null,
  meeting: { readonly id: string; readonly startMs: number },
  window: TimeRange,
  sample: WindowSample,
): WindowEvidence {
  const { run, nowMs, monotonicMs, shownMonotonicMs } = sample
  const begun: WindowEvidence = {
    meetingId: meeting.id,
    startMs: meeting.startMs,
    ...window,
    run,
    firstAtMs: nowMs,
    firstDeviceMs: sample.deviceMs,
    firstMonotonicMs: monotonicMs,
    lastAtMs: nowMs,
    lastMonotonicMs: monotonicMs,
    shownMonotonicMs,
    gaps: nowMs > window.fromMs + LATE_MS ? ['notFromOpening'] : [],
  }
  const isResumed = before !== null && before.run !== run
  const base = isResumed ? withGaps(begun, [...before.gaps, 'restarted']) : (before ?? begun)
  const sampled = withGaps(base, gapsIn(base, sample))
  return { ...sampled, ...window, lastAtMs: nowMs, lastMonotonicMs: monotonicMs, shownMonotonicMs }
}
