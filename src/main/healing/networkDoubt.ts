/** Whether Chromium's network process can still be believed. */
export type NetworkState =
  | { readonly kind: 'trusted' }
  /** It died; requests begun since then that failed without a reason, in a row. */
  | { readonly kind: 'doubted'; readonly failures: number }
  | { readonly kind: 'lost' }

/** The network process died, or how a request begun after that ended. */
export type NetworkSign = 'gone' | 'failed' | 'heard'

/** A network nothing has befallen. */
export const trustedNetwork: NetworkState = { kind: 'trusted' }

/** One may fail while the new process starts. */
const FAILURES_ALLOWED = 1

/**
 * Chromium starts a new network process when its own dies, but some versions of Electron go on asking the dead one: every
 * request fails at once, without a reason, until the app is started anew. Anything else heard proves the network. Pure.
 */
export function reduceNetwork(state: NetworkState, sign: NetworkSign): NetworkState {
  if (state.kind === 'lost') return state
  switch (sign) {
    case 'gone':
      return { kind: 'doubted', failures: 0 }
    case 'heard':
      return trustedNetwork
    case 'failed': {
      if (state.kind === 'trusted') return state
      const failures = state.failures + 1
      return failures > FAILURES_ALLOWED ? { kind: 'lost' } : { kind: 'doubted', failures }
    }
  }
}
