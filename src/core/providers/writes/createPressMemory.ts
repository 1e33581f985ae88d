import type { WriteOutcome } from '../RoomActions.ts'

const MAX_PRESSES = 200

/** Lets every press act once, also where the platform has no idempotency keys. */
export interface PressMemory {
  /**
   * The outcome of this press: of its first run while that is under way and after it was `done` or `unclear`. A press
   * that was refused or given up before it was sent did nothing, so the next one runs.
   */
  once(pressId: string, run: () => Promise<WriteOutcome>): Promise<WriteOutcome>
}

/** Remembers the last two hundred presses of this process. */
export function createPressMemory(): PressMemory {
  const presses = new Map<string, Promise<WriteOutcome>>()

  function start(pressId: string, run: () => Promise<WriteOutcome>): Promise<WriteOutcome> {
    const outcome = run()
    presses.set(pressId, outcome)
    const forget = (): void => {
      if (presses.get(pressId) === outcome) presses.delete(pressId)
    }
    outcome.then(({ kind }) => {
      if (kind === 'refused') forget()
    }, forget)
    const [eldest] = presses.keys()
    if (presses.size > MAX_PRESSES && eldest !== undefined) presses.delete(eldest)
    return outcome
  }

  return {
    async once(pressId, run) {
      const first = presses.get(pressId)
      if (!first) return start(pressId, run)
      try {
        return await first
      } catch {
        // Given up by whoever pressed first; this one still waits for an outcome.
        return presses.get(pressId) ?? start(pressId, run)
      }
    },
  }
}
