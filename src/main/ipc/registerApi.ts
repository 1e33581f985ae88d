import { ipcMain } from 'electron'
import { ipcChannels } from '../../shared/api/bridge.ts'
import { createApiListener } from './createApiListener.ts'
import type { ApiListenerDeps } from './createApiListener.ts'

/** Connects the one request channel to the core. The only user of `ipcMain`. */
export function registerApi(deps: ApiListenerDeps): void {
  // electron-store opens a channel of its own for renderers; ours have no business there.
  ipcMain.removeAllListeners('electron-store-get-data')
  ipcMain.handle(ipcChannels.request, createApiListener(deps))
}
