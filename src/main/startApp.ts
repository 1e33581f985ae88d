import { app, BrowserWindow, Menu, net, protocol, safeStorage, screen } from 'electron'
import { join } from 'node:path'
import { createSystemClock } from '../core/clock/systemClock.ts'
import { exitCodes } from '../core/Core.ts'
import { createCore } from '../core/createCore.ts'
import { createRedaction } from '../core/logging/redaction.ts'
import { createFileStateStore } from '../core/storage/fileStateStore.ts'
import { createNodeStorageFs } from '../core/storage/StorageFs.ts'
import { createElectronLogLogger } from './adapters/electronLogLogger.ts'
import { createElectronStoreSettings } from './adapters/electronStoreSettings.ts'
import { createNetHttp } from './adapters/netHttp.ts'
import { openElectronStore } from './adapters/openElectronStore.ts'
import { createSafeStorageSecrets } from './adapters/safeStorageSecrets.ts'
import { createSeal } from './adapters/createSeal.ts'
import { createSealedSecretsFile } from './adapters/sealedSecretsFile.ts'
import { broadcastEvents } from './ipc/broadcastEvents.ts'
import { registerApi } from './ipc/registerApi.ts'
import type { LaunchOptions } from './launch/parseLaunchOptions.ts'
import { appScheme, createAppProtocolHandler } from './window/appProtocol.ts'
import { createMainWindow, PANEL_URL } from './window/createMainWindow.ts'
import { APP_SCHEME } from './window/resolveAppFile.ts'

const at = (path: string): string => join(import.meta.dirname, '..', path)

/** Starts the panel, phase by phase. */
export async function startApp(options: LaunchOptions): Promise<void> {
  const clock = createSystemClock()
  const redaction = createRedaction()

  // Before ready.
  if (options.userDataFolder !== null) app.setPath('userData', options.userDataFolder)
  const folder = app.getPath('userData')
  const { log } = createElectronLogLogger({
    folder: join(folder, 'logs'),
    clock,
    redaction,
    isVerbose: options.isWindowed,
  })
  app.enableSandbox()
  Menu.setApplicationMenu(null)
  protocol.registerSchemesAsPrivileged([appScheme])

  // Single instance.
  if (!app.requestSingleInstanceLock()) {
    app.exit(exitCodes.alreadyRunning)
    return
  }

  // Ready.
  await app.whenReady()
  protocol.handle(APP_SCHEME, createAppProtocolHandler(at('renderer')))

  // Core.
  const fs = createNodeStorageFs()
  const seal = createSeal({ safeStorage, clock, platform: process.platform, timeoutMs: 10_000 })
  const core = createCore({
    clock,
    log,
    random: Math.random,
    version: app.getVersion(),
    settings: createElectronStoreSettings({ folder, openFile: openElectronStore, fs, clock, log }),
    secrets: createSafeStorageSecrets({
      file: createSealedSecretsFile(join(folder, 'secrets.json'), fs),
      seal,
      clock,
      log: log.child('secrets'),
      onSecret: (value) => redaction.learn(value),
    }),
    state: createFileStateStore({ folder: join(folder, 'state'), fs, log }),
    http: createNetHttp((input, init) => net.fetch(input, init)),
  })

  // Window.
  registerApi({
    core,
    log: log.child('ipc'),
    ownsWebContents: (id) => BrowserWindow.getAllWindows().some((one) => one.webContents.id === id),
  })
  broadcastEvents(core, () => BrowserWindow.getAllWindows().map((one) => one.webContents), log.child('ipc'))
  const window = createMainWindow({
    preloadPath: at('preload/index.cjs'),
    bounds: screen.getPrimaryDisplay().bounds,
    isWindowed: options.isWindowed,
    allowsDevTools: !app.isPackaged,
  })
  void window.loadURL(PANEL_URL)
  const outcome = await core.start()
  log.info('started', { outcome: outcome.kind })
}
