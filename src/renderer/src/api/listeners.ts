/** A set of callbacks; one that throws does not silence the others. */
export interface Listeners<T> {
  /** @returns removes it again; calling it twice is harmless */
  add(listener: (value: T) => void): () => void
  tell(value: T): void
  readonly size: number
}

/** @param onError told what a listener threw; the page's global handler by default */
export function createListeners<T>(onError: (error: unknown) => void = reportError): Listeners<T> {
  const entries = new Set<{ readonly listener: (value: T) => void }>()
  return {
    add(listener) {
      const entry = { listener }
      entries.add(entry)
      return () => entries.delete(entry)
    },
    tell(value) {
      for (const { listener } of [...entries]) {
        try {
          listener(value)
        } catch (error) {
          onError(error)
        }
      }
    },
    get size() {
      return entries.size
    },
  }
}
