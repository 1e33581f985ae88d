import { createCore } from '../core/createCore.ts'
import { createSystemClock } from '../core/clock/systemClock.ts'
import { createNodeDeviceIdentity } from '../core/machine/createDeviceIdentity.ts'
import { createRedaction } from '../core/logging/redaction.ts'
import { createFileStateStore } from '../core/storage/fileStateStore.ts'
import { createNodeStorageFs } from '../core/storage/StorageFs.ts'
import { createConsoleLogger } from './adapters/consoleLogger.ts'
import { createNodeHttp } from './adapters/nodeHttp.ts'
import { prepareStateDirectory } from './adapters/prepareStateDirectory.ts'
import { createStores } from './createStores.ts'
import { explainOutcome } from './explainOutcome.ts'
import { announceFirstStart, newSetupCode } from './firstStart.ts'
import { addressOf, createServer } from './http/server.ts'
import type { HostOptions, HostWorld } from './HostOptions.ts'
import { loadScreenFiles } from './http/staticFiles.ts'

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
  fetch: createNodeHttp().fetch,
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
    device: createNodeDeviceIdentity(options.environment['DOORPLATE_SERIAL']),
    log: log.child('core'),
    http: { fetch },
    state: createFileStateStore({ folder: options.stateDirectory, fs, log: log.child('state') }),
  })
  const guard = { allowedHosts: options.allowedHosts, isFramingAllowed: options.isGalleryOn }
  const server = createServer({ core, clock, log: log.child('http'), screen, guard })

  async function stop(): Promise<void> {
    await Promise.all([server.close(), core.stop()])
  }

  const url = addressOf(options.host, await server.listen(options.host, options.port))
  try {
    const failure = await explainOutcome(await core.start(), { settingsFile, secretsFile, secrets })
    if (failure) throw failure
    await announceFirstStart({ core, setupCode, url, write: options.writeLog })
  } catch (error: unknown) {
    await stop()
    throw error
  }
  return { url, stop }
}
