import type { StorageFile, StorageFs } from '../storage/StorageFs.ts'

/** Thrown by every operation from the moment the power is gone. */
export class PowerCut extends Error {}

/** A disk in memory that can be cut off between any two operations and then looked at as after a restart. */
export interface MemoryFs extends StorageFs {
  /** What a reader would find now. */
  readonly files: Map<string, string>
  /** Operations so far that changed something. */
  readonly operations: () => number
  /**
   * Cuts the power during the n-th changing operation from now on; a text being written then keeps only the part
   * `keep` (0 to 1) says. Undefined never cuts.
   */
  cutAfter(operations: number | undefined, keep?: number): void
  /** Every changing operation fails with this code, as a full or read-only disk would. */
  failWith(code: string | undefined): void
  /** Power is back: what was not synced is what the cut left of it. */
  restart(): void
}

function failure(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code })
}

/** See {@link MemoryFs}. Unsynced text survives a cut only in part, as on a journalling file system. */
export function createMemoryFs(initial: Readonly<Record<string, string>> = {}): MemoryFs {
  const files = new Map(Object.entries(initial))
  let count = 0
  let cutAt: number | undefined
  let keepPart = 0
  let isOff = false
  let code: string | undefined

  /** @returns how much of the operation still happens: 1 wholly */
  function step(path: string): number {
    if (isOff) throw new PowerCut()
    if (code !== undefined) throw failure(code, path)
    count += 1
    if (cutAt !== undefined && count >= cutAt) {
      isOff = true
      return keepPart
    }
    return 1
  }

  function openFile(path: string): StorageFile {
    return {
      writeFile: (text) =>
        attempt(() => {
          const part = step(path)
          files.set(path, text.slice(0, Math.floor(text.length * part)))
          if (isOff) throw new PowerCut()
        }),
      sync: () => attempt(() => void step(path)),
      close: () => Promise.resolve(),
    }
  }

  const attempt = <T>(run: () => T): Promise<T> =>
    new Promise((resolve, reject) => {
      try {
        resolve(run())
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)))
      }
    })

  function change(path: string, run: () => void): Promise<void> {
    return attempt(() => {
      const part = step(path)
      // A rename or a removal is one act of the journal: it happened or it did not.
      if (part >= 0.5) run()
      if (isOff) throw new PowerCut()
    })
  }

  return {
    files,
    operations: () => count,
    cutAfter: (operations, keep = 0) => {
      cutAt = operations === undefined ? undefined : count + operations
      keepPart = keep
    },
    failWith: (next) => {
      code = next
    },
    restart: () => {
      isOff = false
      cutAt = undefined
      code = undefined
    },
    readFile: (path) =>
      attempt(() => {
        if (isOff) throw new PowerCut()
        const text = files.get(path)
        if (text === undefined) throw failure('ENOENT', path)
        return text
      }),
    open: (path, flags) =>
      attempt(() => {
        if (isOff) throw new PowerCut()
        if (flags === 'w') {
          if (code !== undefined) throw failure(code, path)
          files.set(path, '')
        }
        return openFile(path)
      }),
    rename: (from, to) =>
      change(from, () => {
        const text = files.get(from)
        if (text === undefined) throw failure('ENOENT', from)
        files.delete(from)
        files.set(to, text)
      }),
    makeFolder: () => Promise.resolve(),
    remove: (path) => change(path, () => void files.delete(path)),
  }
}
