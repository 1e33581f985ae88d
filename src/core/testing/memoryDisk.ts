import { dirname } from 'node:path'

/** What an operation changes, to let one kind of them fail. */
export type DiskOperation = 'create' | 'write' | 'sync' | 'rename' | 'remove'

/** How much of what was never synced is there after a power cut: 0 nothing, 1 all of it. */
export interface Survival {
  /** Names given, changed and taken away, in the order that happened. */
  readonly names: number
  /** Every text that was being written: its first part. */
  readonly texts: number
}

/** A file or folder apart from its name; a folder has no text. */
export interface DiskFile {
  cached: string
  durable: string
  isSynced: boolean
  readonly mode: number
  readonly isFolder: boolean
}

type Names = Map<string, DiskFile>

interface NameChange {
  readonly folder: string
  readonly apply: (names: Names) => void
}

/** A disk and its cache, as a file system without favours: what nobody synced may be lost, in part or wholly. */
export interface MemoryDisk {
  /** What a reader would find now, by path. */
  readonly names: ReadonlyMap<string, DiskFile>
  create(path: string, mode: number, isFolder?: boolean): DiskFile
  write(file: DiskFile, text: string): void
  rename(from: string, to: string): void
  remove(path: string): void
  sync(file: DiskFile): void
  syncFolder(folder: string): void
  /** Everything is on the disk, as after a long quiet time. */
  settle(): void
  /** The power was gone: the cache is lost but for what `survival` says. */
  restart(survival: Survival): void
}

const part = (of: number, share: number): number => Math.min(of, Math.floor(share * (of + 1)))

/** See {@link MemoryDisk}. A cut may leave the old text where it was, nothing, or a first part of the new one. */
export function createMemoryDisk(): MemoryDisk {
  let cached: Names = new Map()
  const durable: Names = new Map()
  let unsynced: NameChange[] = []
  const files = new Set<DiskFile>()

  function change(path: string, apply: (names: Names) => void): void {
    apply(cached)
    unsynced.push({ folder: dirname(path), apply })
  }

  /** Applies what is true of a change and keeps the others waiting. */
  function persist(isDue: (one: NameChange, index: number) => boolean): void {
    const due = unsynced.filter(isDue)
    unsynced = unsynced.filter((one) => !due.includes(one))
    for (const { apply } of due) apply(durable)
  }

  function sync(file: DiskFile): void {
    file.durable = file.cached
    file.isSynced = true
  }

  function tear(file: DiskFile, share: number): void {
    const steps = part(file.cached.length + 1, share)
    if (!file.isSynced && steps > 0) file.durable = file.cached.slice(0, steps - 1)
    file.cached = file.durable
    file.isSynced = true
  }

  /** What lies in a folder that nobody can find any more is gone with it. */
  function isLost(path: string): boolean {
    const folder = dirname(path)
    if (folder === path) return false
    return (cached.get(folder)?.isFolder === true && !durable.has(folder)) || isLost(folder)
  }

  return {
    get names() {
      return cached
    },
    create(path, mode, isFolder = false) {
      const file: DiskFile = { cached: '', durable: '', isSynced: true, mode, isFolder }
      files.add(file)
      change(path, (names) => void names.set(path, file))
      return file
    },
    write(file, text) {
      file.cached = text
      file.isSynced = false
    },
    rename: (from, to) =>
      change(from, (names) => {
        const file = names.get(from)
        if (!file) return
        names.delete(from)
        names.set(to, file)
      }),
    remove: (path) => change(path, (names) => void names.delete(path)),
    sync,
    syncFolder: (folder) => persist((one) => one.folder === folder),
    settle() {
      persist(() => true)
      for (const file of files) sync(file)
    },
    restart({ names, texts }) {
      const kept = part(unsynced.length, names)
      persist((_one, index) => index < kept)
      unsynced = []
      for (const [path] of durable) if (isLost(path)) durable.delete(path)
      cached = new Map(durable)
      for (const file of files) tear(file, texts)
    },
  }
}
