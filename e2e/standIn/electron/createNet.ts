import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Activity } from '../../time/createActivity.ts'
import { knownApi } from '../knownApi.ts'
import type { Tell } from '../knownApi.ts'

/** The `net` module over Node's own fetch; `file:` addresses are read as Electron would. */
export function createNet(tell: Tell, activity: Activity) {
  async function fetchAsElectron(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const url = new URL(input instanceof Request ? input.url : String(input))
    tell('net.fetch', `${url.origin}${url.pathname}`)
    if (url.protocol === 'file:') return new Response(new Uint8Array(await readFile(fileURLToPath(url))))
    if (url.protocol !== 'http:' && url.protocol !== 'https:')
      throw new TypeError(`net::ERR_UNKNOWN_URL_SCHEME`)
    return activity.track(fetch(input, init))
  }
  return knownApi('net', { fetch: fetchAsElectron, isOnline: () => true, online: true }, tell)
}
