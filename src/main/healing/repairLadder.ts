import type { RenderProcessGoneDetails } from 'electron'

/** What befell the page, as far as the remedy differs. */
export type PageFault = 'crash' | 'memory' | 'stuck' | 'fatal'

/** What to do about it. Delays are milliseconds. */
export type Repair =
  | { readonly kind: 'reload'; readonly delayMs: number }
  | { readonly kind: 'recreate'; readonly delayMs: number }
  | { readonly kind: 'exit' }

/** When the page was repaired lately; monotonic milliseconds. */
export interface LadderState {
  readonly reloadsAtMs: readonly number[]
  readonly recreatesAtMs: readonly number[]
  /** The page answered since the last repair. Until it does that repair failed, however long ago it was. */
  readonly hasAnswered: boolean
}

/** How often each step may be tried before the next one. */
export interface LadderPolicy {
  /** Delay of the first, second, … reload; as many as are allowed within `reloadWindowMs`. */
  readonly reloadDelaysMs: readonly number[]
  readonly reloadWindowMs: number
  /** The same for a new window. */
  readonly recreateDelaysMs: readonly number[]
  readonly recreateWindowMs: number
}

/** Three reloads a minute, two new windows in ten minutes, then a new process. */
export const ladderPolicy: LadderPolicy = {
  reloadDelaysMs: [500, 2_000, 8_000],
  reloadWindowMs: 60_000,
  recreateDelaysMs: [1_000, 5_000],
  recreateWindowMs: 600_000,
}

/** A page without a history of faults: at the start, and again once it has been healthy for a minute. */
export const untroubled: LadderState = { reloadsAtMs: [], recreatesAtMs: [], hasAnswered: false }

/**
 * The fault behind a page process that is gone. An end without an error (`clean-exit`) leaves the door as dark as a crash.
 * A full memory mostly arrives as `crashed`, and a reload is right then: what filled it went with the process.
 */
export function faultOf(reason: RenderProcessGoneDetails['reason']): PageFault {
  switch (reason) {
    case 'clean-exit':
    case 'crashed':
    case 'killed':
    case 'abnormal-exit':
      return 'crash'
    case 'oom':
    case 'memory-eviction':
      return 'memory'
    case 'launch-failed':
    case 'integrity-failure':
      // The program's files changed or are damaged: only a new process reads them again.
      return 'fatal'
    default:
      // A reason of a later Electron.
      return 'crash'
  }
}

/** The page answered: from now on its repairs are forgotten with time. Pure. */
export const noteAnswer = (state: LadderState): LadderState => ({ ...state, hasAnswered: true })

const since = (timesMs: readonly number[], fromMs: number): readonly number[] =>
  timesMs.filter((atMs) => atMs > fromMs)

/**
 * The next remedy: reload, then a new window, then a new process. A page whose process would not die (`stuck`) gets one new
 * window; if that never answers either, the trouble lies deeper than a window. Pure.
 * @param nowMs monotonic
 */
export function climb(
  state: LadderState,
  fault: PageFault,
  nowMs: number,
  policy: LadderPolicy = ladderPolicy,
): { readonly state: LadderState; readonly repair: Repair } {
  const { hasAnswered } = state
  const kept = (timesMs: readonly number[], windowMs: number): readonly number[] =>
    hasAnswered ? since(timesMs, nowMs - windowMs) : timesMs
  const reloadsAtMs = kept(state.reloadsAtMs, policy.reloadWindowMs)
  const recreatesAtMs = kept(state.recreatesAtMs, policy.recreateWindowMs)
  const reloadDelayMs = policy.reloadDelaysMs[reloadsAtMs.length]
  const recreateDelayMs = policy.recreateDelaysMs[recreatesAtMs.length]
  if (fault === 'crash' && reloadDelayMs !== undefined) {
    return {
      state: { reloadsAtMs: [...reloadsAtMs, nowMs], recreatesAtMs, hasAnswered: false },
      repair: { kind: 'reload', delayMs: reloadDelayMs },
    }
  }
  const isHopeless = fault === 'fatal' || (fault === 'stuck' && !hasAnswered && recreatesAtMs.length > 0)
  if (!isHopeless && recreateDelayMs !== undefined) {
    return {
      state: { reloadsAtMs, recreatesAtMs: [...recreatesAtMs, nowMs], hasAnswered: false },
      repair: { kind: 'recreate', delayMs: recreateDelayMs },
    }
  }
  return { state: { reloadsAtMs, recreatesAtMs, hasAnswered }, repair: { kind: 'exit' } }
}
