/** A load that Chromium reports as failed. */
export interface LoadFailure {
  readonly errorCode: number
  readonly isMainFrame: boolean
}

/** Chromium's code for a load that another one replaced: nothing failed. */
const ABORTED = -3

/** Loads that may fail in a row: about five minutes of trying. */
const MAX_ATTEMPTS = 10
const FIRST_DELAY_MS = 1_000
const LONGEST_DELAY_MS = 60_000

/** What to do about a failed load. */
export type LoadRemedy =
  | { readonly kind: 'ignore' }
  | { readonly kind: 'retry'; readonly delayMs: number }
  | { readonly kind: 'exit' }

/**
 * The page comes from our own files, so a load fails while an update replaces them or when they are damaged: try again, then
 * let a new process try. Pure.
 * @param failedBefore loads that failed in a row before this one
 */
export function remedyOfLoad({ errorCode, isMainFrame }: LoadFailure, failedBefore: number): LoadRemedy {
  if (!isMainFrame || errorCode === ABORTED) return { kind: 'ignore' }
  if (failedBefore >= MAX_ATTEMPTS) return { kind: 'exit' }
  return { kind: 'retry', delayMs: Math.min(FIRST_DELAY_MS * 2 ** failedBefore, LONGEST_DELAY_MS) }
}
