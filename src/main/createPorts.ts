import { app, net, safeStorage, session } from 'electron'
import { exitCodes } from '../core/Core.ts'
import type { CorePorts } from '../core/ports/CorePorts.ts'
import type { Http } from '../core/ports/Http.ts'
import { createGenerationSettings } from '../core/settings/createGenerationSettings.ts'
import { createFileStateStore } from '../core/storage/fileStateStore.ts'
import { createNodeStorageFs } from '../core/storage/StorageFs.ts'
import { createCarriedFiles } from './adapters/createCarriedFiles.ts'
import { createSeal } from './adapters/createSeal.ts'
import { createNetHttp } from './adapters/netHttp.ts'
import { openElectronStore } from './adapters/openElectronStore.ts'
import { createSafeStorageSecrets } from './adapters/safeStorageSecrets.ts'
import { createSealedSecretsFile } from './adapters/sealedSecretsFile.ts'
import type { Run } from './createRun.ts'
import { watchNetwork } from './healing/watchNetwork.ts'
import { closeForeignChannels } from './ipc/closeForeignChannels.ts'

/** A locked keyring waits for a person who is not there; the door must not. */
const KEY_STORE_TIMEOUT_MS = 10_000

/** What the core asks of an Electron host. After ready: neither the key store nor the network answers before. */
export function createPorts(run: Run): CorePorts {
  const { options, clock, log, redaction, exit, pathOf, keptTree } = run
  const fs = createNodeStorageFs()
  return {
    clock,
    log,
    random: () => Math.random(),
    version: app.getVersion(),
    isStorageBroken: run.folderTrouble !== null,
    device: run.device,
    carried: createCarriedFiles(process.platform, options.mediaFolder),
    settings: createGenerationSettings({
      folder: pathOf(),
      openFile: (file) => {
        const opened = openElectronStore(file)
        closeForeignChannels()
        return opened
      },
      fs,
      clock,
      log: log.child('settings'),
    }),
    secrets: createSafeStorageSecrets({
      file: createSealedSecretsFile(pathOf('secrets.json'), fs),
      seal: createSeal({ safeStorage, clock, platform: process.platform, timeoutMs: KEY_STORE_TIMEOUT_MS }),
      clock,
      log: log.child('secrets'),
      onSecret: (value) => redaction.learn(value),
    }),
    state: createFileStateStore({ folder: pathOf('state'), fs, log: log.child('state') }),
    http: createHttp(run),
    readLog: () => run.readLog(),
    ...(keptTree === null ? {} : { readUpdates: () => keptTree.updates.read() }),
    ...(options.isWindowed
      ? {}
      : { exitKiosk: () => exit.request(exitCodes.stayDown, 'asked by the admin') }),
  }
}

function createHttp({ log, options, exit }: Run): Http {
  return createNetHttp({
    // The reads alone are watched: every write comes after one.
    fetch: watchNetwork({
      app,
      netFetch: (input, init) => net.fetch(input, init),
      log: log.child('network'),
      isSupervised: options.isSupervised,
      restart: () => exit.request(exitCodes.restartMe, 'the network process died and is not replaced'),
    }),
    // Of no name that persists: nothing of it comes to the disk.
    openWriteSession: (index) => session.fromPartition(`writes-${index}`, { cache: false }),
  })
}
