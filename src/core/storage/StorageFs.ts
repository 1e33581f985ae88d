import { chmod, mkdir, open, readFile, rename, rm } from 'node:fs/promises'

/** An open file, as far as durable writing needs it. */
export interface StorageFile {
  writeFile(text: string): Promise<void>
  /** Asks the disk, not only the operating system, to have it. */
  sync(): Promise<void>
  close(): Promise<void>
}

/** The few file operations that keep small documents safe. Tests inject a disk that fills up or loses power. */
export interface StorageFs {
  readFile(path: string): Promise<string>
  open(path: string, flags: 'w' | 'r', mode?: number): Promise<StorageFile>
  rename(from: string, to: string): Promise<void>
  /**
   * Makes the folder and its parents, private to the user; a folder that is there is fine.
   * @returns the first one it made, undefined when all were there
   */
  makeFolder(path: string): Promise<string | undefined>
  /** Removes a file; one that is not there is fine. */
  remove(path: string): Promise<void>
}

/** The real disk. */
export function createNodeStorageFs(): StorageFs {
  return {
    readFile: (path) => readFile(path, 'utf8'),
    open: (path, flags, mode) => open(path, flags, mode),
    rename,
    makeFolder: async (path) => {
      const first = await mkdir(path, { recursive: true, mode: 0o700 })
      // An older folder may be open to others.
      await chmod(path, 0o700)
      return first
    },
    remove: (path) => rm(path, { force: true }),
  }
}

/** The system's code of a failed operation such as `ENOENT`; empty when it carries none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
