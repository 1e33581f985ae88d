import type { Core } from '../../core/Core.ts'
import { createFakeClock } from '../../core/testing/fakeClock.ts'
import { createRecordingLogger } from '../../core/testing/recordingLogger.ts'
import { createHttpTransport } from '../../renderer/src/api/httpTransport.ts'
import { createFetchEventSource } from '../../renderer/src/api/testing/fetchEventSource.ts'
import { describeTransport } from '../../renderer/src/api/testing/transportSuite.ts'
import type { TransportPeer } from '../../renderer/src/api/testing/transportSuite.ts'
import type { ApiEvent } from '../../shared/api/events.ts'
import { createFakeCore } from '../testing/fakeCore.ts'
import { addressOf, createServer } from './server.ts'

type Handler = Parameters<TransportPeer['answer']>[0]

/** The screen's own transport against the host's real server: the two halves of one contract, over a real socket. */
async function open(): Promise<TransportPeer> {
  const fake = createFakeCore()
  let session: string | null = null
  let handler: Handler = () => ({ ok: true, data: {} })
  const core: Pick<Core, 'accessOf' | 'dispatch' | 'subscribe'> = {
    ...fake,
    accessOf: (token) => {
      session = token
      return 'display'
    },
    dispatch: async (route, input) => handler({ route, input, session }),
  }
  const server = createServer({
    core,
    clock: createFakeClock(0),
    log: createRecordingLogger(),
    screen: new Map(),
    guard: { allowedHosts: [], isFramingAllowed: false },
  })
  const port = await server.listen('127.0.0.1', 0)
  const api = createHttpTransport({
    baseUrl: addressOf('127.0.0.1', port),
    roomId: null,
    fetch: (url, init) => fetch(url, init),
    createEventSource: createFetchEventSource,
    clock: createFakeClock(0),
    random: () => 0,
  })
  return {
    api,
    answer: (next) => {
      handler = next
    },
    emit: (name, payload) => {
      fake.publish({ name, payload } as ApiEvent)
      return Promise.resolve()
    },
    breakOff: () => server.close(),
    close: () => server.close(),
  }
}

describeTransport('http, on the host,', open)
