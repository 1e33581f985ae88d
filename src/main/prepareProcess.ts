import { app, Menu, protocol } from 'electron'
import { exitCodes } from '../core/Core.ts'
import type { Run } from './createRun.ts'
import { freshGpuMemory, gpuMemorySchema } from './healing/gpuPolicy.ts'
import { createMarkerFile, createMarkerFs } from './healing/markerFile.ts'
import { prepareGraphics } from './healing/prepareGraphics.ts'
import { setAutostart } from './kiosk/setAutostart.ts'
import { answerQuit } from './lifecycle/answerQuit.ts'
import { installErrorTraps } from './lifecycle/installErrorTraps.ts'
import { hardenApp } from './security/hardenApp.ts'
import { appScheme } from './window/appProtocol.ts'

/** Everything that must be settled before Electron is ready. Nothing here may wait. */
export function prepareProcess({ options, clock, log, exit, pathOf, ...run }: Run): void {
  installErrorTraps({
    source: process,
    clock,
    fatal: (message, fields) => run.fatal(message, fields),
    warn: (message, fields) => log.warn(message, fields),
    onFatal: () => exit.request(exitCodes.restartMe, 'uncaught error'),
  })
  const versions = `${app.getVersion()} ${process.versions.electron}`
  log.info('start', { versions, platform: process.platform, isSupervised: options.isSupervised })
  hardenApp(app, log.child('security'))
  // Ours by now; Chromium would take it for the name of the X server to use, and not start.
  app.commandLine.removeSwitch('display')
  // Also takes away the menu's shortcuts: reload, zoom, developer tools.
  Menu.setApplicationMenu(null)
  protocol.registerSchemesAsPrivileged([appScheme])
  prepareGraphics({
    app,
    memory: createMarkerFile({
      path: pathOf('run', 'graphics.json'),
      schema: gpuMemorySchema,
      initial: freshGpuMemory(versions),
      fs: createMarkerFs(),
    }),
    versions,
    clock,
    log: log.child('graphics'),
  })
  setAutostart(options.autostart, app, process.platform, log)
  app.on('before-quit', (event) => answerQuit(event, exit))
  // A window that closes is replaced; the app stays.
  app.on('window-all-closed', () => undefined)
}
