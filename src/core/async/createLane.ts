/** Runs one thing after another, in the order they were asked for. */
export type Lane = <T>(run: () => T | Promise<T>) => Promise<T>

/** What one of them throws reaches its caller alone; the next one runs all the same. */
export function createLane(): Lane {
  let last: Promise<unknown> = Promise.resolve()
  return (run) => {
    const mine = last.then(run)
    last = mine.catch(() => undefined)
    return mine
  }
}
