import { lookup } from 'node:dns/promises'
import { connect } from 'node:tls'
import type { DetailedPeerCertificate } from 'node:tls'
import type { Clock } from '../ports/Clock.ts'
import type { Http } from '../ports/Http.ts'
import { errorCode } from '../storage/StorageFs.ts'
import type { NetworkProbe, Reach } from './NetworkProbe.ts'

/** What {@link createNetworkProbe} asks with. */
export interface NetworkProbeDeps {
  readonly clock: Clock
  /** The fetch the host reads the platform with: its proxy and its trust store are what counts. */
  readonly http: Http
  readonly findProxy: NetworkProbe['findProxy']
  readonly ignoredProxy: string | null
  readonly isPanelsTrust: boolean
}

/** Long enough for a slow proxy, short enough for a person who waits. */
const DEADLINE_MS = 8000

/** Chromium's codes stand in the message, Node's in the cause of the error. */
export function reachCode(error: unknown): string {
  if (!(error instanceof Error)) return 'error'
  const [, chromium] = /net::(ERR_\w+)/.exec(error.message) ?? []
  return chromium ?? (errorCode(error.cause) || errorCode(error) || error.name)
}

const nameOf = ({ issuer }: DetailedPeerCertificate): string =>
  [issuer.O, issuer.CN].filter((part) => part !== undefined).join(', ')

/** Node leaves the issuer out where the host sent none, which its types do not tell. */
const issuerOf = ({ issuerCertificate }: Partial<DetailedPeerCertificate>): DetailedPeerCertificate | null =>
  issuerCertificate ?? null

/** The last one a host sends: whoever issued that is who the device would have to know. A self-signed one issues itself. */
function topOf(certificate: DetailedPeerCertificate): DetailedPeerCertificate {
  const next = issuerOf(certificate)
  return next === null || next.fingerprint256 === certificate.fingerprint256 ? certificate : topOf(next)
}

function findIssuer(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    // Only to read a name off it; nothing is sent to whoever answers.
    const socket = connect({ host, port, servername: host, rejectUnauthorized: false, timeout: DEADLINE_MS })
    const end = (issuer: string | null): void => {
      socket.destroy()
      resolve(issuer)
    }
    socket.once('secureConnect', () => end(nameOf(topOf(socket.getPeerCertificate(true)))))
    socket.once('error', () => end(null))
    socket.once('timeout', () => end(null))
  })
}

/** The real network, over the fetch of a host. */
export function createNetworkProbe(deps: NetworkProbeDeps): NetworkProbe {
  const { clock, http, findProxy, ignoredProxy, isPanelsTrust } = deps

  async function reach(url: string): Promise<Reach> {
    const controller = new AbortController()
    const cancel = clock.schedule(DEADLINE_MS, () => controller.abort())
    const beganMs = clock.now()
    try {
      const answer = await http.fetch(url, { signal: controller.signal, isWrite: false })
      const atMs = beganMs + (clock.now() - beganMs) / 2
      const dateMs = Date.parse(answer.headers.get('date') ?? '')
      return { kind: 'answered', dateMs: Number.isNaN(dateMs) ? null : dateMs, atMs }
    } catch (error: unknown) {
      return { kind: 'failed', code: controller.signal.aborted ? 'ETIMEDOUT' : reachCode(error) }
    } finally {
      cancel()
      // What came with the answer is not read: this also ends its transfer.
      controller.abort()
    }
  }

  return {
    lookUp: (host) =>
      lookup(host).then(
        () => null,
        (error: unknown) => errorCode(error) || 'error',
      ),
    findProxy,
    reach,
    findIssuer,
    ignoredProxy,
    isPanelsTrust,
  }
}
