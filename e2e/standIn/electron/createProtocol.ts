import { knownApi } from '../knownApi.ts'
import type { Tell } from '../knownApi.ts'
import type { ProtocolAnswer, ProtocolRequest } from '../wire.ts'

type Handler = (request: Request) => Response | Promise<Response>

/** The `protocol` module and the way a page's requests take to its handlers. */
export function createProtocol(isReady: () => boolean, tell: Tell) {
  const handlers = new Map<string, Handler>()
  let isRegistered = false

  const protocol = knownApi(
    'protocol',
    {
      registerSchemesAsPrivileged(schemes: unknown): void {
        tell('protocol.registerSchemesAsPrivileged', schemes)
        if (isReady())
          throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
        if (isRegistered) throw new Error('protocol.registerSchemesAsPrivileged may be called once')
        isRegistered = true
      },
      handle(scheme: string, handler: Handler): void {
        tell('protocol.handle', scheme)
        if (!isReady()) throw new Error('protocol can only be used after the app is ready')
        if (handlers.has(scheme)) throw new Error(`The scheme has been registered: ${scheme}`)
        handlers.set(scheme, handler)
      },
      unhandle(scheme: string): void {
        handlers.delete(scheme)
      },
      isProtocolHandled: (scheme: string) => handlers.has(scheme),
    },
    tell,
  )

  /** @returns null when no handler is there for the scheme */
  async function answer({ url, method, headers }: ProtocolRequest): Promise<ProtocolAnswer | null> {
    const handler = handlers.get(new URL(url).protocol.slice(0, -1))
    if (!handler) return null
    const response = await handler(new Request(url, { method, headers }))
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: new Uint8Array(await response.arrayBuffer()),
    }
  }

  return { protocol, answer }
}
