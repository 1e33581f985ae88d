import { z } from 'zod'
import type { UpdateReport } from '../../shared/api/diagnostics.ts'

/** What {@link createUpdates} needs. */
export interface UpdatesDeps {
  /** Name of the kept tree this process runs from. */
  readonly tree: string
  /** Folder of the kept trees, where the package says which version is installed. */
  readonly treesFolder: string
  /** `run/trees` in the panel's folder, kept by the launcher. */
  readonly journalPath: string
  readonly readText: (path: string) => Promise<string>
  /** Where a symbolic link leads. Asked seldom, and wanted at once. @throws where there is none */
  readonly readLink: (path: string) => string
}

/** What the package, its launcher and apt know of updates, as far as it can be read. */
export interface Updates {
  /** Never rejects: what cannot be read is null. */
  read(): Promise<UpdateReport>
  /** Another version was installed since this process started. The launcher decides whether it runs next. */
  isWaiting(): boolean
}

/** Written by `doorplate-ring`; apt itself goes by it. */
const SOURCES = '/etc/apt/sources.list.d/doorplate.sources'

/** Written by `build/linux/updates/keep-tree`. */
const lastUpdateSchema = z.object({
  version: z.string(),
  from: z.string().nullable(),
  atMs: z.number().nonnegative(),
})

/** @returns the version given up, if it is the installed one: another one has not failed yet */
function givenUpIn(journal: string | null, installed: string | null): UpdateReport['givenUp'] {
  const [, version, seconds] = /^back (\S+) \S+ (\d{1,12})$/m.exec(journal ?? '') ?? []
  if (version === undefined || version !== installed) return null
  return { version, atMs: Number(seconds) * 1_000 }
}

function lastIn(text: string | null): UpdateReport['last'] {
  if (text === null) return null
  try {
    const { version, from, atMs } = lastUpdateSchema.parse(JSON.parse(text))
    return from === null ? null : { version, fromVersion: from, atMs }
  } catch {
    return null
  }
}

/** See {@link Updates}. */
export function createUpdates({ tree, treesFolder, journalPath, readText, readLink }: UpdatesDeps): Updates {
  const text = (path: string): Promise<string | null> => readText(path).catch(() => null)

  function installed(): string | null {
    try {
      return readLink(`${treesFolder}/current`)
    } catch {
      return null
    }
  }

  const installedAtStart = installed()
  return {
    async read() {
      const [sources, last, journal] = await Promise.all([
        text(SOURCES),
        text(`${treesFolder}/last-update.json`),
        text(journalPath),
      ])
      const now = installed()
      const givenUp = givenUpIn(journal, now)
      return {
        ring: /^Suites:\s*(\S+)/m.exec(sources ?? '')?.[1] ?? null,
        last: lastIn(last),
        givenUp,
        waitingVersion: now === tree || givenUp !== null ? null : now,
      }
    },
    isWaiting() {
      const now = installed()
      // What was installed at the start and is not what runs was given up; starting again would change nothing.
      return now !== null && now !== installedAtStart && now !== tree
    },
  }
}
