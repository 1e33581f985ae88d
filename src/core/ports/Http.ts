/**
 * The host's way to the network. Electron passes `net.fetch` here, so that the system's proxy and trust store apply;
 * plain Node passes its own fetch.
 */
export interface Http {
  readonly fetch: (input: string, init?: RequestInit) => Promise<Response>
}
