/** A time in which an administrator keeps a room from being booked or used. Instants in epoch milliseconds. */
export interface Closure {
  readonly id: string
  readonly roomId: number
  readonly startMs: number
  /** Null: for ever. */
  readonly endMs: number | null
  readonly reason: string
  /** Whom to ask about it. */
  readonly contactId: string
}

/** Whether the closure covers any of `[startMs, endMs)`. */
export const isClosing = (closure: Closure, startMs: number, endMs: number): boolean =>
  closure.startMs < endMs && (closure.endMs ?? Number.POSITIVE_INFINITY) > startMs
