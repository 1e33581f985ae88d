import { createIpcTransport } from './ipcTransport.ts'
import { describeDistrust, describeTransport } from './testing/transportSuite.ts'
import type { SeenRequest, TransportPeer } from './testing/transportSuite.ts'

/** The preload's two functions with the main process in the same memory; values are copied as IPC copies them. */
function open(): Promise<TransportPeer> {
  let handler: (request: SeenRequest) => unknown = () => undefined
  const listeners = new Map<string, Set<(payload: unknown) => void>>()
  const api = createIpcTransport({
    async request(route, input, session) {
      return structuredClone(await handler({ route, input: structuredClone(input), session }))
    },
    on(event, listener) {
      const all = listeners.get(event) ?? new Set()
      listeners.set(event, all.add(listener))
      return () => all.delete(listener)
    },
  })
  return Promise.resolve({
    api,
    answer: (next) => {
      handler = next
    },
    emit: (event, payload) => {
      for (const listener of listeners.get(event) ?? []) listener(structuredClone(payload))
      return Promise.resolve()
    },
    breakOff: null,
    close: () => Promise.resolve(),
  } satisfies TransportPeer)
}

describeTransport('ipc', open)
describeDistrust('ipc', open)
