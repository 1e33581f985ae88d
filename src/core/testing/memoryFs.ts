import { dirname } from 'node:path'
import type { StorageFile, StorageFs } from '../storage/StorageFs.ts'
import { createMemoryDisk } from './memoryDisk.ts'
import type { DiskFile, DiskOperation, Survival } from './memoryDisk.ts'

/** Thrown by every operation from the moment the power is gone. */
export class PowerCut extends Error {}

/** A disk in memory that can be cut off between any two operations and then looked at as after a restart. */
export interface MemoryFs extends StorageFs {
  /** What a reader would find now, by path. */
  readonly files: ReadonlyMap<string, string>
  /** Rights of a file; undefined where there is none. */
  modeOf(path: string): number | undefined
  /** Somebody else puts a file there, or takes every file away; durable at once. */
  put(path: string, text: string, mode?: number): void
  clear(): void
  /** As conf replaces a file: temporary, sync, rename, all at once and no folder synced. */
  replaceNow(path: string, text: string, mode: number): void
  /** Operations so far that changed something. */
  readonly operations: () => number
  /** Cuts the power during the n-th changing operation from now on. Undefined never cuts. */
  cutAfter(operations: number | undefined): void
  /** Whether the power is gone: nobody is there any more to believe a promise that was kept after that. */
  isOff(): boolean
  /** These operations (all, unless named) fail with this code, as on a full or read-only disk; undefined ends that. */
  failWith(code: string | undefined, operations?: readonly DiskOperation[]): void
  /** The power was gone and is back: of what was not synced only `survival` is there, nothing unless it says so. */
  restart(survival?: Survival): void
}

/** What a program gets that asks for no rights in particular. */
const OPEN_TO_ALL = 0o644
const everything: readonly DiskOperation[] = ['create', 'write', 'sync', 'rename', 'remove']

function failure(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code })
}

const attempt = <T>(run: () => T): Promise<T> =>
  new Promise((resolve, reject) => {
    try {
      resolve(run())
    } catch (error) {
      reject(error instanceof Error ? error : new Error(String(error)))
    }
  })

/** See {@link MemoryFs}; what a cut leaves is said by {@link createMemoryDisk}. What is there at first is durable. */
export function createMemoryFs(initial: Readonly<Record<string, string>> = {}): MemoryFs {
  const disk = createMemoryDisk()
  let count = 0
  let cutAt: number | undefined
  let isOff = false
  let fails: { readonly code: string; readonly operations: readonly DiskOperation[] } | undefined

  function change(operation: DiskOperation, path: string, run: () => void): void {
    if (isOff) throw new PowerCut()
    if (fails?.operations.includes(operation)) throw failure(fails.code, path)
    count += 1
    isOff = cutAt !== undefined && count >= cutAt
    // A sync that the cut interrupts has done nothing; anything else is in the cache, and the restart decides.
    if (!isOff || operation !== 'sync') run()
    if (isOff) throw new PowerCut()
  }

  /** @throws ENOENT */
  function found(path: string): DiskFile {
    if (isOff) throw new PowerCut()
    const file = disk.names.get(path)
    if (!file || file.isFolder) throw failure('ENOENT', path)
    return file
  }

  function openFile(path: string, file: DiskFile): StorageFile {
    return {
      writeFile: (text) => attempt(() => change('write', path, () => disk.write(file, text))),
      sync: () => attempt(() => change('sync', path, () => disk.sync(file))),
      close: () => Promise.resolve(),
    }
  }

  function openFolder(path: string): StorageFile {
    return {
      writeFile: () => Promise.reject(failure('EISDIR', path)),
      sync: () => attempt(() => change('sync', path, () => disk.syncFolder(path))),
      close: () => Promise.resolve(),
    }
  }

  const isFolder = (path: string): boolean =>
    path === dirname(path) || disk.names.get(path)?.isFolder === true

  /** @returns the first one made; undefined when all were there */
  function makeFolder(path: string): string | undefined {
    if (isFolder(path)) return undefined
    const first = makeFolder(dirname(path))
    change('create', path, () => disk.create(path, 0o700, true))
    return first ?? path
  }

  function put(path: string, text: string, mode = OPEN_TO_ALL): void {
    makeFolder(dirname(path))
    disk.write(disk.names.get(path) ?? disk.create(path, mode), text)
    disk.settle()
  }

  function replaceNow(path: string, text: string, mode: number): void {
    const temporary = `${path}.tmp-${count}`
    change('create', temporary, () => disk.create(temporary, mode))
    const file = found(temporary)
    change('write', temporary, () => disk.write(file, text))
    change('sync', temporary, () => disk.sync(file))
    change('rename', temporary, () => disk.rename(temporary, path))
  }

  for (const [path, text] of Object.entries(initial)) put(path, text)
  return {
    get files() {
      const files = [...disk.names].filter(([, { isFolder }]) => !isFolder)
      return new Map(files.map(([path, { cached }]) => [path, cached]))
    },
    modeOf: (path) => disk.names.get(path)?.mode,
    put,
    replaceNow,
    clear: () => {
      for (const [path, { isFolder }] of disk.names) if (!isFolder) disk.remove(path)
      disk.settle()
    },
    operations: () => count,
    cutAfter: (operations) => {
      cutAt = operations === undefined ? undefined : count + operations
    },
    isOff: () => isOff,
    failWith: (code, operations = everything) => {
      fails = code === undefined ? undefined : { code, operations }
    },
    restart: (survival = { names: 0, texts: 0 }) => {
      disk.restart(survival)
      isOff = false
      cutAt = undefined
      fails = undefined
    },
    readFile: (path) => attempt(() => found(path).cached),
    open: (path, flags, mode = OPEN_TO_ALL) =>
      attempt(() => {
        if (flags === 'r' && isFolder(path)) return openFolder(path)
        if (flags === 'r') return openFile(path, found(path))
        const there = disk.names.get(path)
        if (!isFolder(dirname(path))) throw failure('ENOENT', path)
        change('create', path, () => {
          // Opening what is there empties it and leaves its rights as they were.
          if (there) disk.write(there, '')
          else disk.create(path, mode)
        })
        return openFile(path, found(path))
      }),
    rename: (from, to) =>
      attempt(() => {
        found(from)
        change('rename', from, () => disk.rename(from, to))
      }),
    makeFolder: (path) => attempt(() => makeFolder(path)),
    remove: (path) => attempt(() => change('remove', path, () => disk.remove(path))),
  }
}
