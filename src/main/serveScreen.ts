import { BrowserWindow, protocol, session } from 'electron'
import type { Core } from '../core/Core.ts'
import type { Run } from './createRun.ts'
import { broadcastEvents } from './ipc/broadcastEvents.ts'
import { registerApi } from './ipc/registerApi.ts'
import { hardenSession } from './security/hardenSession.ts'
import { createAppProtocolHandler } from './window/appProtocol.ts'
import { APP_SCHEME } from './window/resolveAppFile.ts'

/** Everything a page of ours can reach: the built files, one request channel, one event channel. */
export function serveScreen({ log, exit, builtPath }: Run, core: Core): void {
  hardenSession(session.defaultSession, log.child('security'))
  protocol.handle(APP_SCHEME, createAppProtocolHandler(builtPath('renderer')))
  const pages = () => BrowserWindow.getAllWindows().map((window) => window.webContents)
  registerApi({
    core,
    log: log.child('ipc'),
    ownsWebContents: (id) => pages().some((page) => page.id === id),
  })
  const stopEvents = broadcastEvents(core, pages, log.child('ipc'))
  exit.before(async () => {
    stopEvents()
    await core.stop()
  })
}
