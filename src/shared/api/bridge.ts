/**
 * What the Electron preload puts on `window.doorplate`: two generic functions and nothing else. Everything they carry is
 * checked in the main process; types are given back by the renderer's IPC transport.
 */
export interface Bridge {
  /**
   * Resolves with an `ApiResult`.
   * @param session the admin session's token, null at the door
   */
  request(route: string, input: unknown, session: string | null): Promise<unknown>
  /** @returns unsubscribes */
  on(event: string, listener: (payload: unknown) => void): () => void
}

/** The bridge's name on `window`. */
export const BRIDGE_NAME = 'doorplate'

/** The two IPC channels of the product. */
export const ipcChannels = { request: 'doorplate:request', event: 'doorplate:event' } as const

/** The HTTP header that carries the admin session's token. */
export const SESSION_HEADER = 'x-doorplate-session'

/** The HTTP header that names a request: browsers may send one twice, and it must act once. */
export const REQUEST_HEADER = 'x-doorplate-request'
