import { describe, expect, it } from 'vitest'
import { anyScreen } from '../../core/api/Caller.ts'
import type { Core } from '../../core/Core.ts'
import { createFakeClock } from '../../core/testing/fakeClock.ts'
import { createRecordingLogger } from '../../core/testing/recordingLogger.ts'
import { createHttpTransport } from '../../renderer/src/api/httpTransport.ts'
import { createFetchEventSource } from '../../renderer/src/api/testing/fetchEventSource.ts'
import { describeTransport } from '../../renderer/src/api/testing/transportSuite.ts'
import type { TransportPeer } from '../../renderer/src/api/testing/transportSuite.ts'
import type { ApiEvent } from '../../shared/api/events.ts'
import { isRouteName, routes } from '../../shared/api/routes.ts'
import { createFakeCore } from '../testing/fakeCore.ts'
import { addressOf, createServer } from './server.ts'

type Handler = Parameters<TransportPeer['answer']>[0]

type Fetch = Parameters<typeof createHttpTransport>[0]['fetch']

/** The screen's own transport against the host's real server: the two halves of one contract, over a real socket. */
async function openOver(send: Fetch): Promise<TransportPeer> {
  const fake = createFakeCore()
  let session: string | null = null
  let handler: Handler = () => ({ ok: true, data: {} })
  const core: Pick<Core, 'callerOf' | 'dispatch' | 'subscribe'> = {
    ...fake,
    callerOf: (token) => {
      session = token
      return anyScreen
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
    fetch: send,
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

const open = (): Promise<TransportPeer> => openOver((url, init) => fetch(url, init))

/** A browser whose kept connection closed before the answer's first byte: it sends the same again, and tells nobody. */
const sendTwice: Fetch = async (url, init) => {
  await (await fetch(url, init)).text()
  return fetch(url, init)
}

/** The first arrival is still being worked on when the second comes. */
const sendAtOnce: Fetch = async (url, init) => {
  const [, second] = await Promise.all([fetch(url, init), fetch(url, init)])
  return second
}

describeTransport('http, on the host,', open)

describe.each([
  ['after it was answered', sendTwice],
  ['while it is under way', sendAtOnce],
] as const)('a request that the browser sends again %s', (_name, send) => {
  it.each(Object.keys(routes).filter(isRouteName))('acts once: %s', async (route) => {
    const peer = await openOver(send)
    try {
      let runs = 0
      peer.answer(() => ({ ok: false, error: { code: (runs += 1) === 1 ? 'locked' : 'internal' } }))
      // The host's half is asked only whether it passes the request on; what is in it is the core's business.
      const answer = await peer.api.request(route, {})
      expect([runs, answer]).toEqual([1, { ok: false, error: { code: 'locked' } }])
      await peer.api.request(route, {})
      expect(runs).toBe(2)
    } finally {
      await peer.close()
    }
  })
})
