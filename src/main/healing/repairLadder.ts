import type { RenderProcessGoneDetails } from 'electron'

/** What befell the page, as far as the remedy differs. */
export type PageFault = 'crash' | 'memory' | 'fatal'

/** What to do about it. Delays are milliseconds. */
export type Repair =
  | { readonly kind: 'reload'; readonly delayMs: number }
  | { readonly kind: 'recreate'; readonly delayMs: number }
  | { readonly kind: 'exit' }

/** When the page was repaired lately; monotonic milliseconds. */
export interface LadderState {
  readonly reloadsAtMs: readonly number[]
  readonly recreatesAtMs: readonly number[]
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
export const untroubled: LadderState = { reloadsAtMs: [], recreatesAtMs: [] }

/** @returns null where nothing went wrong */
export function faultOf(reason: RenderProcessGoneDetails['reason']): PageFault | null {
  switch (reason) {
    case 'clean-exit':
      return null
    case 'crashed':
    case 'killed':
    case 'abnormal-exit':
      return 'crash'
    case 'oom':
    case 'memory-eviction':
      // The same window would keep what filled the memory.
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

const since = (timesMs: readonly number[], fromMs: number): readonly number[] =>
  timesMs.filter((atMs) => atMs > fromMs)

/**
 * The next remedy: reload, then a new window, then a new process. Pure.
 * @param nowMs monotonic
 */
export function climb(
  state: LadderState,
  fault: PageFault,
  nowMs: number,
  policy: LadderPolicy = ladderPolicy,
): { readonly state: LadderState; readonly repair: Repair } {
  const reloadsAtMs = since(state.reloadsAtMs, nowMs - policy.reloadWindowMs)
  const recreatesAtMs = since(state.recreatesAtMs, nowMs - policy.recreateWindowMs)
  const reloadDelayMs = policy.reloadDelaysMs[reloadsAtMs.length]
  const recreateDelayMs = policy.recreateDelaysMs[recreatesAtMs.length]
  if (fault === 'crash' && reloadDelayMs !== undefined) {
    return {
      state: { reloadsAtMs: [...reloadsAtMs, nowMs], recreatesAtMs },
      repair: { kind: 'reload', delayMs: reloadDelayMs },
    }
  }
  if (fault !== 'fatal' && recreateDelayMs !== undefined) {
    return {
      state: { reloadsAtMs, recreatesAtMs: [...recreatesAtMs, nowMs] },
      repair: { kind: 'recreate', delayMs: recreateDelayMs },
    }
  }
  return { state: { reloadsAtMs, recreatesAtMs }, repair: { kind: 'exit' } }
}
