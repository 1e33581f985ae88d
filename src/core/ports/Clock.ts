/** The only source of time in the core. */
export interface Clock {
  /** Wall time of this device, epoch milliseconds; may jump either way. */
  now(): number
  /** Milliseconds that never run backwards, from an arbitrary zero. For ages and deadlines. */
  monotonic(): number
  /**
   * Runs `run` once after `delayMs` (longer delays than a platform timer can hold are allowed).
   * @returns cancels it; calling it late or twice is harmless
   */
  schedule(delayMs: number, run: () => void): () => void
}
