import type { Clock } from '../core/ports/Clock.ts'
import type { Http } from '../core/ports/Http.ts'
import type { Random } from '../core/ports/Random.ts'
import type { LogLevel } from './adapters/consoleLogger.ts'

/** Where and how a host runs; everything the command line and the environment decide. */
export interface HostOptions {
  /** Null: the host keeps its own settings below the state directory. */
  readonly settingsFile: string | null
  /** Null: secrets come from the environment and from what the host keeps itself. */
  readonly secretsFile: string | null
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly stateDirectory: string
  /** The built screen. */
  readonly screenDirectory: string
  readonly host: string
  /** 0 takes any free one. */
  readonly port: number
  readonly allowedHosts: readonly string[]
  readonly isGalleryOn: boolean
  readonly logLevel: LogLevel
  readonly version: string
  /** Receives the log, line by line. */
  readonly writeLog: (line: string) => void
}

/** What a command may know of the host it would be. */
export type CommandSurroundings = Omit<HostOptions, 'writeLog'>

/** The outside world as tests replace it. */
export interface HostWorld {
  readonly clock: Clock
  readonly random: Random
  readonly fetch: Http['fetch']
}
