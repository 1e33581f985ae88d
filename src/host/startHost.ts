import { createCore } from '../core/createCore.ts'
import { createSystemClock } from '../core/clock/systemClock.ts'
import { createRedaction } from '../core/logging/redaction.ts'
import type { Clock } from '../core/ports/Clock.ts'
import type { Http } from '../core/ports/Http.ts'
import type { Random } from '../core/ports/Random.ts'
import { createFileStateStore } from '../core/storage/fileStateStore.ts'
import { createNodeStorageFs } from '../core/storage/StorageFs.ts'
import { createConsoleLogger } from './adapters/consoleLogger.ts'
import type { LogLevel } from './adapters/consoleLogger.ts'
import { prepareStateDirectory } from './adapters/prepareStateDirectory.ts'
import { createStores } from './createStores.ts'
import { explainOutcome } from './explainOutcome.ts'
import { announceFirstStart, newSetupCode } from './firstStart.ts'
import { addressOf, createServer } from './http/server.ts'
import { loadScreenFiles } from './http/staticFiles.ts'

/** Where and how a host runs; everything the command line and the environment decide. */
export interface HostOptions {
  /** Null: the host keeps its own settings below the state directory. */
  readonly settingsFile: string | null
  /** Null: secrets come from the environment alone. */
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

/** The outside world as tests replace it. */
export interface HostWorld {
  readonly clock: Clock
  readonly random: Random
  readonly fetch: Http['fetch']
}

/** A host that serves. */
export interface RunningHost {
  /** Where a browser on this machine finds the default room. */
  readonly url: string
  /** Ends the streams, stops reading and writes what must survive. */
  stop(): Promise<void>
}

const systemWorld = (): HostWorld => ({
  clock: createSystemClock(),
  random: () => Math.random(),
  fetch: (url, init) => fetch(url, init),
})

/**
 * Puts the Node host together and starts it. It listens before it reads: with the port taken, no call is spent.
 * @throws HostFailure naming what the operator must mend
 */
export async function startHost(options: HostOptions, world: Partial<HostWorld> = {}): Promise<RunningHost> {
  const { clock, random, fetch } = { ...systemWorld(), ...world }
  const { settingsFile, secretsFile, version } = options
  const redaction = createRedaction()
  const log = createConsoleLogger({ clock, redaction, level: options.logLevel, write: options.writeLog })
  const screen = await loadScreenFiles(options.screenDirectory)
  await prepareStateDirectory(options.stateDirectory)
  const fs = createNodeStorageFs()
  const { settings, secrets } = createStores({
    options,
    fs,
    clock,
    log,
    onSecret: (value) => redaction.learn(value),
  })
  const setupCode = newSetupCode()
  const core = createCore({
    clock,
    random,
    version,
    settings,
    secrets,
    setupCode,
    log: log.child('core'),
    http: { fetch },
    state: createFileStateStore({ folder: options.stateDirectory, fs, log: log.child('state') }),
  })
  const guard = { allowedHosts: options.allowedHosts, isFramingAllowed: options.isGalleryOn }
  const server = createServer({ core, clock, log: log.child('http'), screen, guard })

  async function stop(): Promise<void> {
    await Promise.all([server.close(), core.stop()])
  }

  const port = await server.listen(options.host, options.port)
  try {
    const failure = await explainOutcome(await core.start(), { settingsFile, secretsFile, secrets })
    if (failure) throw failure
    await announceFirstStart({
      core,
      setupCode,
      url: addressOf(options.allowedHosts[0] ?? options.host, port),
      write: options.writeLog,
    })
  } catch (error: unknown) {
    await stop()
    throw error
  }
  return { url: addressOf(options.allowedHosts[0] ?? options.host, port), stop }
}
