/** Somebody came to a meeting, and perhaps left it. Instants in epoch milliseconds. */
export interface SignIn {
  readonly eventId: string
  readonly userId: string
  readonly inMs: number | null
  readonly outMs: number | null
}

/** Keyed by event and person. */
export const signInKey = (eventId: string, userId: string): string => `${eventId} ${userId.toLowerCase()}`
