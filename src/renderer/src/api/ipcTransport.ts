import type { DisplayApi } from '../../../shared/api/DisplayApi.ts'
import type { Bridge } from '../../../shared/api/bridge.ts'
import { isAnswerOf, isPayloadOf, unavailable } from './answers.ts'

/** The contract over the Electron preload. The core lives in the same application, so the connection is always open. */
export function createIpcTransport(bridge: Bridge): DisplayApi {
  let session: string | null = null
  return {
    async request(route, input) {
      try {
        const answer = await bridge.request(route, input, session)
        return isAnswerOf(route, answer) ? answer : unavailable
      } catch {
        return unavailable
      }
    },
    useSession(token) {
      session = token
    },
    on: (event, listener) =>
      bridge.on(event, (payload) => {
        if (isPayloadOf(event, payload)) listener(payload)
      }),
    onConnection(listener) {
      listener('open')
      return () => undefined
    },
  }
}
