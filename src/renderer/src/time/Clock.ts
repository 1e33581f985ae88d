/** The only source of time in the renderer; the core's port of the same name has the same shape. */
export interface Clock {
  /** Wall time of this device, epoch milliseconds; may jump either way. */
  now(): number
  /** Milliseconds that never run backwards, from an arbitrary zero. */
  monotonic(): number
  /**
   * Runs `run` once after `delayMs`.
   * @returns cancels it; calling it late or twice is harmless
   */
  schedule(delayMs: number, run: () => void): () => void
}
