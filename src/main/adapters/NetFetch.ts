/** What Electron's `net.fetch` takes beside the usual. */
export interface NetFetchInit extends RequestInit {
  readonly bypassCustomProtocolHandlers?: boolean
  readonly cache?: 'no-store'
}

/** Electron's `net.fetch`, or whatever a test puts in its place. */
export type NetFetch = (input: string, init?: NetFetchInit) => Promise<Response>
