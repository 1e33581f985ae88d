/** Why a host could not be reached: the code of Chromium, Node or the system. */
export interface ReachFailure {
  readonly kind: 'failed'
  readonly code: string
}

/** One plain question to the account's host, the way the panel asks it. */
export type Reach =
  | {
      readonly kind: 'answered'
      /** By the answer's `Date`, epoch milliseconds; null where it has none. */
      readonly dateMs: number | null
      /** This device's time in the middle of the question. */
      readonly atMs: number
    }
  | ReachFailure

/** The doctor's way to the network. Nothing of it is sent with a secret. Never rejects. */
export interface NetworkProbe {
  /** @returns null when the name has an address, else the system's code */
  lookUp(host: string): Promise<string | null>
  /** @returns `host:port`, null without a proxy */
  findProxy(url: string): Promise<string | null>
  reach(url: string): Promise<Reach>
  /** Who vouches for a host's certificate, at the top of what it sends; null when no connection was made. */
  findIssuer(host: string, port: number): Promise<string | null>
  /** Whether the question trusts whom the panel trusts; without a screen Chromium's list cannot be asked. */
  readonly isPanelsTrust: boolean
  /** A proxy that the environment names and this host's network does not use. */
  readonly ignoredProxy: string | null
}
