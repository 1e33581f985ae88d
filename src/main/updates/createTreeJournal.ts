import { appendFileSync } from 'node:fs'

/** What {@link createTreeJournal} needs. */
export interface TreeJournalDeps {
  /** Name of the kept tree this process runs from. */
  readonly tree: string
  /** `run/trees` in the panel's folder. */
  readonly path: string
  /** Adds to the end of a file; may throw. */
  readonly append: (path: string, text: string) => void
}

/**
 * Tells the launcher what became of this start; `build/linux/updates/start` reads it at the next one, and gives a version up
 * that it hears nothing good of.
 */
export interface TreeJournal {
  /** The door was shown for a minute. Counts once a start. */
  noteWell(): void
  /** This start was asked to end, or was one too many: no trouble of the version's. */
  noteWantedEnd(): void
}

/** See {@link TreeJournal}. A line is a single write, so that two processes cannot mix theirs. */
export function createTreeJournal({ tree, path, append }: TreeJournalDeps): TreeJournal {
  let isWell = false

  function note(word: 'well' | 'ended'): void {
    try {
      append(path, `${word} ${tree}\n`)
    } catch {
      // The launcher then knows one start less; the panel runs.
    }
  }

  return {
    noteWell() {
      if (isWell) return
      isWell = true
      note('well')
    },
    noteWantedEnd: () => note('ended'),
  }
}

/** The real disk. */
export function appendPrivately(path: string, text: string): void {
  appendFileSync(path, text, { mode: 0o600 })
}
