import type { EventSourceLike } from '../eventStream.ts'

type Listener = (event: { readonly data?: unknown }) => void

/** As much of the browser's `EventSource` as the transport uses, over Node's fetch: real bytes for tests. */
export function createFetchEventSource(url: string): EventSourceLike {
  const listeners = new Map<string, Listener[]>()
  const abort = new AbortController()
  let isClosed = false
  const tell = (type: string, data?: string): void => {
    if (isClosed) return
    for (const listener of listeners.get(type) ?? []) listener({ data })
  }

  function read(frame: string): void {
    const fields = frame.split('\n').map((line) => /^(\w+): ?(.*)$/.exec(line))
    const field = (name: string): string | undefined => fields.find((one) => one?.[1] === name)?.[2]
    const data = field('data')
    if (data !== undefined) tell(field('event') ?? 'message', data)
  }

  async function run(): Promise<void> {
    const response = await fetch(url, { signal: abort.signal, headers: { accept: 'text/event-stream' } })
    if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`)
    tell('open')
    let rest = ''
    for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
      const frames = (rest + text).split('\n\n')
      rest = frames.pop() ?? ''
      frames.forEach(read)
    }
    throw new Error('ended')
  }

  run().catch(() => tell('error'))
  return {
    addEventListener(type, listener) {
      listeners.set(type, [...(listeners.get(type) ?? []), listener])
    },
    close() {
      isClosed = true
      abort.abort()
    },
  }
}
