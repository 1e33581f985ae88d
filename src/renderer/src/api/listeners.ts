/** A set of callbacks. */
export interface Listeners<T> {
  /** @returns removes it again; calling it twice is harmless */
  add(listener: (value: T) => void): () => void
  tell(value: T): void
  readonly size: number
}

/** The same function may be added twice: each adding is its own listener. */
export function createListeners<T>(): Listeners<T> {
  const entries = new Set<{ readonly listener: (value: T) => void }>()
  return {
    add(listener) {
      const entry = { listener }
      entries.add(entry)
      return () => entries.delete(entry)
    },
    tell(value) {
      for (const { listener } of [...entries]) listener(value)
    },
    get size() {
      return entries.size
    },
  }
}
