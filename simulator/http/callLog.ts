/** Counts the calls to the simulated platforms by path, refused and broken ones included. */
export interface CallLog {
  count(path: string): void
  counts(): Readonly<Record<string, number>>
  total(): number
  clear(): void
}

export function createCallLog(): CallLog {
  const calls = new Map<string, number>()
  return {
    count: (path) => {
      calls.set(path, (calls.get(path) ?? 0) + 1)
    },
    counts: () => Object.fromEntries(calls),
    total: () => [...calls.values()].reduce((sum, one) => sum + one, 0),
    clear: () => calls.clear(),
  }
}
