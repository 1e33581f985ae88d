import { ipcMain } from 'electron'
import { ipcChannels } from '../../shared/api/bridge.ts'
import { createApiListener } from './createApiListener.ts'
import type { ApiListenerDeps } from './createApiListener.ts'

/** Connects the one request channel to the core. The only channel that answers. */
export function registerApi(deps: ApiListenerDeps): void {
  ipcMain.handle(ipcChannels.request, createApiListener(deps))
}
