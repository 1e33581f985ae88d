/** A request as the core sends it. */
export interface HttpInit extends RequestInit {
  /** Fires when the call is over, however it ended: what the host still holds for it is to be let go of then. */
  readonly signal: AbortSignal
  /**
   * Whether it changes something at the vendor. It then travels on a connection that nobody used before: transports send
   * what was written to a kept one again, POST too, when that one closes before the answer's first byte.
   */
  readonly isWrite: boolean
}

/**
 * The host's way to the network. Electron passes `net.fetch` here, so that the system's proxy and trust store apply;
 * plain Node passes its own fetch.
 */
export interface Http {
  /** A write is sent once at most; a read may arrive twice. */
  readonly fetch: (input: string, init: HttpInit) => Promise<Response>
}
