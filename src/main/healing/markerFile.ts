import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { z } from 'zod'

/** A tiny document that must be read before the app is ready and written while it dies; hence synchronous. */
export interface MarkerFile<T> {
  /** What was kept, or the initial value when it is missing, damaged or of another shape. */
  read(): T
  /** A disk that refuses costs the memory, not the run. */
  write(value: T): void
}

/** The few synchronous operations; tests put a dying disk here. */
export interface MarkerFs {
  read(path: string): string
  /** Replaces the file atomically. */
  replace(path: string, text: string): void
}

/** The real disk. */
export function createMarkerFs(): MarkerFs {
  return {
    read: (path) => readFileSync(path, 'utf8'),
    replace: (path, text) => {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
      writeFileSync(`${path}.tmp`, text, { mode: 0o600 })
      renameSync(`${path}.tmp`, path)
    },
  }
}

/** What {@link createMarkerFile} needs. */
export interface MarkerFileDeps<T> {
  readonly path: string
  readonly schema: z.ZodType<T>
  readonly initial: T
  readonly fs: MarkerFs
}

/** See {@link MarkerFile}. */
export function createMarkerFile<T>({ path, schema, initial, fs }: MarkerFileDeps<T>): MarkerFile<T> {
  return {
    read: () => {
      try {
        const parsed = schema.safeParse(JSON.parse(fs.read(path)))
        return parsed.success ? parsed.data : initial
      } catch {
        return initial
      }
    },
    write: (value) => {
      try {
        fs.replace(path, JSON.stringify(value))
      } catch {
        // Nothing depends on it but how cautious the next start is.
      }
    },
  }
}
