import type { WorldClock } from './worldClock.ts'

interface Item {
  readonly atMs: number
  readonly run: () => void
}

/**
 * What the servers do on their own at a later moment of the world's time. No timer waits for it: whoever calls the
 * servers has everything done first that is due by then.
 */
export interface Agenda {
  add(atMs: number, run: () => void): void
  /** Does what is due, in order of time. */
  runDue(): void
  clear(): void
}

export function createAgenda(clock: WorldClock): Agenda {
  const items: Item[] = []
  /** The earliest item that is due; of two at the same instant the one added first. */
  const takeNext = (): Item | undefined => {
    const nowMs = clock.now()
    let found: Item | undefined
    for (const item of items)
      if (item.atMs <= nowMs && (found === undefined || item.atMs < found.atMs)) found = item
    if (found !== undefined) items.splice(items.indexOf(found), 1)
    return found
  }
  return {
    add: (atMs, run) => {
      items.push({ atMs, run })
    },
    runDue: () => {
      for (let item = takeNext(); item !== undefined; item = takeNext()) item.run()
    },
    clear: () => {
      items.length = 0
    },
  }
}
