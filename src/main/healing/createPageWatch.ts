import type { Clock } from '../../core/ports/Clock.ts'
import { askAfterMs, newPage, pagePolicy, reducePageHealth } from './pageHealth.ts'
import type { PageSign } from './pageHealth.ts'

/** What {@link createPageWatch} needs. */
export interface PageWatchDeps {
  readonly clock: Clock
  /** Asks the page whether it shows something. May never settle, may reject. */
  readonly ask: () => Promise<boolean>
  readonly onAnswer: () => void
  /** The page is beyond help; its process is to be ended. */
  readonly onLost: () => void
}

/** Asks a page again and again whether it lives. */
export interface PageWatch {
  /** What Chromium noticed by itself. */
  tell(sign: Extract<PageSign, 'unresponsive' | 'responsive'>): void
  stop(): void
}

/** Starts at once; the first question comes a moment later. */
export function createPageWatch({ clock, ask, onAnswer, onLost }: PageWatchDeps): PageWatch {
  let health = newPage
  let isStopped = false
  let cancelGrace = (): void => undefined
  let cancelTurn = (): void => undefined

  function take(sign: PageSign): void {
    if (isStopped) return
    const next = reducePageHealth(health, sign)
    health = next.health
    switch (next.step) {
      case 'none':
        return
      case 'armGrace':
        cancelGrace = clock.schedule(pagePolicy.graceMs, () => take('graceOver'))
        return
      case 'disarmGrace':
        cancelGrace()
        return
      case 'kill':
        cancelGrace()
        onLost()
    }
  }

  /** @returns false when there was no answer in time */
  function answered(): Promise<boolean> {
    return new Promise((resolve) => {
      const cancel = clock.schedule(pagePolicy.answerWithinMs, () => resolve(false))
      const settle = (isAlive: boolean): void => {
        cancel()
        resolve(isAlive)
      }
      ask().then(settle, () => settle(false))
    })
  }

  async function turn(): Promise<void> {
    const isAlive = await answered()
    if (isStopped) return
    take(isAlive ? 'answered' : 'missed')
    if (isAlive) onAnswer()
    arm()
  }

  function arm(): void {
    if (isStopped) return
    cancelTurn = clock.schedule(askAfterMs(health), () => void turn())
  }

  arm()
  return {
    tell: take,
    stop: () => {
      isStopped = true
      cancelGrace()
      cancelTurn()
    },
  }
}
