import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { run, runToEnd } from './run.ts'

/** A Windows of its own in a folder. */
export interface Wine {
  /** What a program started by somebody else needs to find this Windows. */
  readonly env: Readonly<Record<string, string>>
  /** Its disk C:. */
  readonly disk: string
  /** The profile of its only user. */
  profile(): string
  /** Starts a program. @returns its exit code, once it ended */
  start(program: string, ...args: string[]): Promise<number | null>
  /** A value of the registry, without its name and type; null where there is none. */
  readRegistry(key: string, name: string): Promise<string | null>
  /** Ends whatever still runs. */
  end(): Promise<void>
}

/** The path of a file as a program of this Windows would write it. */
export const windowsPath = (path: string): string => `Z:${path.replaceAll('/', '\\')}`

/** Makes a Windows, which takes seconds. */
export async function createWine(folder: string, variables: Readonly<Record<string, string>>): Promise<Wine> {
  mkdirSync(folder, { recursive: true })
  const env = {
    ...variables,
    WINEPREFIX: folder,
    WINEDEBUG: '-all',
    // No questions about a browser and .NET, no menus of the desktop this runs on, and no screen.
    WINEDLLOVERRIDES: 'winemenubuilder.exe=d;mscoree=d;mshtml=d',
    DISPLAY: '',
  }
  const disk = join(folder, 'drive_c')
  const wine = (...args: string[]): ReturnType<typeof runToEnd> => runToEnd('wine', args, { env })
  await run('wine', ['wineboot', '--init'], { env })
  return {
    env,
    disk,
    profile() {
      const users = join(disk, 'users')
      const user = readdirSync(users).find((name) => existsSync(join(users, name, 'AppData')))
      if (user === undefined) throw new Error(`no user in ${users}`)
      return join(users, user)
    },
    start: async (program, ...args) => (await wine(program, ...args)).code,
    async readRegistry(key, name) {
      const { code, output } = await wine('reg', 'query', key, '/v', name)
      if (code !== 0) return null
      return /\sREG_\w+\s+(.*?)\s*$/m.exec(output)?.[1] ?? null
    },
    async end() {
      await runToEnd('wineserver', ['--kill'], { env })
    },
  }
}
