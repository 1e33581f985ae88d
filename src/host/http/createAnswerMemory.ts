import type { Core } from '../../core/Core.ts'

type Result = Awaited<ReturnType<Core['dispatch']>>

/** A request that arrives again comes within moments. */
const MOST_REQUESTS = 50

/** Lets a request act once, however often it arrives. */
export interface AnswerMemory {
  /**
   * What the first arrival of this request came to, or is coming to.
   * @param key the same for every arrival; null where the request has no name
   */
  once(key: string | null, run: () => Promise<Result>): Promise<Result>
}

/**
 * Browsers send a POST again when the kept connection it went out on closes before the answer's first byte. Most would do
 * no harm twice, but a wrong PIN would count twice, and a room added twice is there twice.
 */
export function createAnswerMemory(): AnswerMemory {
  const answers = new Map<string, Promise<Result>>()
  return {
    once(key, run) {
      if (key === null) return run()
      const known = answers.get(key)
      if (known) return known
      const answer = run()
      answers.set(key, answer)
      answer.catch(() => answers.delete(key))
      const [eldest] = answers.keys()
      if (answers.size > MOST_REQUESTS && eldest !== undefined) answers.delete(eldest)
      return answer
    },
  }
}
