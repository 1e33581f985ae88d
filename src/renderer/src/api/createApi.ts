import type { DisplayApi } from '../../../shared/api/DisplayApi.ts'
import { roomFromLocation, rootUrl } from '../address/panelAddress.ts'
import type { Clock } from '../time/Clock.ts'
import { createHttpTransport } from './httpTransport.ts'
import { createIpcTransport } from './ipcTransport.ts'

/** Electron where its bridge is, HTTP everywhere else. */
export function createApi(page: Window, clock: Clock): DisplayApi {
  if (page.doorplate) return createIpcTransport(page.doorplate)
  return createHttpTransport({
    baseUrl: rootUrl(page.location.href),
    roomId: roomFromLocation(page.location),
    fetch: (url, init) => page.fetch(url, init),
    createEventSource: (url) => new EventSource(url),
    clock,
    random: Math.random,
  })
}
