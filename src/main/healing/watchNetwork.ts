import type { App } from 'electron'
import type { Logger } from '../../core/ports/Logger.ts'
import type { NetFetch } from '../adapters/NetFetch.ts'
import { reduceNetwork, trustedNetwork } from './networkDoubt.ts'
import type { NetworkSign } from './networkDoubt.ts'

/** What {@link watchNetwork} needs. */
export interface WatchNetworkDeps {
  readonly app: Pick<App, 'on'>
  readonly netFetch: NetFetch
  readonly log: Logger
  readonly isSupervised: boolean
  /** Asks for a fresh process. */
  readonly restart: () => void
}

const NETWORK_SERVICE = 'network.mojom.NetworkService'

/** What a request to a process that is gone ends in; refused, reset or unresolved it would say so. */
const isUnexplained = (error: unknown): boolean =>
  error instanceof Error && /\bERR_FAILED\b/.test(error.message)

/**
 * Looks after what becomes of requests once Chromium's network process died, and asks for a fresh process when they keep failing.
 * @returns the same fetch, watched
 */
export function watchNetwork({ app, netFetch, log, isSupervised, restart }: WatchNetworkDeps): NetFetch {
  let state = trustedNetwork
  /** Deaths so far: what was under way at a death fails with it and says nothing of the process after it. */
  let deaths = 0

  function take(sign: NetworkSign): void {
    const before = state.kind
    state = reduceNetwork(state, sign)
    if (state.kind !== 'lost' || before === 'lost') return
    log.error('requests keep failing since the network process died', { isSupervised })
    if (isSupervised) restart()
  }

  app.on('child-process-gone', (_event, { serviceName }) => {
    if (serviceName !== NETWORK_SERVICE) return
    deaths += 1
    take('gone')
  })

  return async (input, init) => {
    const begunAfter = deaths
    const tell = (sign: NetworkSign): void => {
      if (begunAfter === deaths) take(sign)
    }
    try {
      const response = await netFetch(input, init)
      tell('heard')
      return response
    } catch (error) {
      // A request that was given up says nothing.
      if (init?.signal?.aborted !== true) tell(isUnexplained(error) ? 'failed' : 'heard')
      throw error
    }
  }
}
