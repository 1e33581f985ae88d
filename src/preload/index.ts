import { contextBridge, ipcRenderer } from 'electron'
import type { IpcRendererEvent } from 'electron'
import { BRIDGE_NAME, ipcChannels } from '../shared/api/bridge.ts'
import type { Bridge } from '../shared/api/bridge.ts'

const bridge: Bridge = {
  request: (route, input, session) => ipcRenderer.invoke(ipcChannels.request, route, input, session),
  on: (event, listener) => {
    const forward = (_event: IpcRendererEvent, name: unknown, payload: unknown): void => {
      if (name === event) listener(payload)
    }
    ipcRenderer.on(ipcChannels.event, forward)
    return () => {
      ipcRenderer.removeListener(ipcChannels.event, forward)
    }
  },
}

contextBridge.exposeInMainWorld(BRIDGE_NAME, bridge)
