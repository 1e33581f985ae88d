import { dayMs } from './shanghaiTime.ts'
import type { WorldClock } from './worldClock.ts'

/** Answers kept for callers that ask the same again under the same token, for a day. */
export interface RememberedAnswers {
  /** @returns undefined when there is none, or it is forgotten */
  recall(key: string): unknown
  keep(key: string, answer: unknown): void
  reset(): void
}

export function createRememberedAnswers(clock: WorldClock): RememberedAnswers {
  const answers = new Map<string, { readonly answer: unknown; readonly atMs: number }>()
  return {
    recall: (key) => {
      const known = answers.get(key)
      return known !== undefined && clock.now() < known.atMs + dayMs ? known.answer : undefined
    },
    keep: (key, answer) => {
      answers.set(key, { answer, atMs: clock.now() })
    },
    reset: () => answers.clear(),
  }
}
