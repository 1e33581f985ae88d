/**
 * What the Electron preload puts on `window.doorplate`: two generic functions and nothing else. Everything they carry is
 * checked in the main process; types are given back by the renderer's IPC transport.
 */
export interface Bridge {
  /** Resolves with an `ApiResult`. */
  request(route: string, input: unknown): Promise<unknown>
  /** @returns unsubscribes */
  on(event: string, listener: (payload: unknown) => void): () => void
}

/** The bridge's name on `window`. */
export const BRIDGE_NAME = 'doorplate'

/** The two IPC channels of the product. */
export const ipcChannels = { request: 'doorplate:request', event: 'doorplate:event' } as const
