import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Activity } from '../../time/createActivity.ts'
import { knownApi } from '../knownApi.ts'
import type { Tell } from '../knownApi.ts'
import type { ChromiumFetch } from './createChromiumFetch.ts'

/** Electron's `fetch`, a session's own or that of `net`. */
export type ElectronFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

/** @param api its name, as it is told */
export function createFetch(
  api: string,
  chromium: ChromiumFetch,
  tell: Tell,
  activity: Activity,
): ElectronFetch {
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : String(input))
    tell(api, `${url.origin}${url.pathname}`)
    if (url.protocol === 'file:') return new Response(new Uint8Array(await readFile(fileURLToPath(url))))
    if (url.protocol !== 'http:' && url.protocol !== 'https:')
      throw new TypeError(`net::ERR_UNKNOWN_URL_SCHEME`)
    return activity.track(chromium.fetch(url, init))
  }
}

/** The `net` module: the default session's connections; `file:` addresses are read as Electron would. */
export function createNet(chromium: ChromiumFetch, tell: Tell, activity: Activity) {
  const fetch = createFetch('net.fetch', chromium, tell, activity)
  return knownApi('net', { fetch, isOnline: () => true, online: true }, tell)
}
