import { beforeEach, describe, expect, it } from 'vitest'
import { createFakeClock } from '../../../core/testing/fakeClock.ts'
import { SILENCE_LIMIT_MS, createEventStream } from './eventStream.ts'
import type { EventSourceLike } from './eventStream.ts'

interface Source extends EventSourceLike {
  tell(type: string, data?: string): void
  isClosed: boolean
}

function createSource(): Source {
  const listeners = new Map<string, (event: { data?: unknown }) => void>()
  return {
    isClosed: false,
    addEventListener: (type, listener) => void listeners.set(type, listener),
    tell: (type, data) => listeners.get(type)?.({ data }),
    close() {
      this.isClosed = true
    },
  }
}

function build(random = () => 1) {
  const clock = createFakeClock(0)
  const sources: Source[] = []
  const states: string[] = []
  const events: string[] = []
  const stream = createEventStream({
    connect: () => {
      const source = createSource()
      sources.push(source)
      return source
    },
    clock,
    random,
    onEvent: (name, data) => events.push(`${name} ${data}`),
    onState: (state) => states.push(state),
  })
  stream.start()
  return { clock, sources, states, events, stream, last: () => sources.at(-1)! }
}

let setup = build()
beforeEach(() => {
  setup = build()
})

describe('event stream', () => {
  it('is lost after 40 s of silence, although the socket still looks open', async () => {
    const { clock, states, sources } = setup
    sources[0]!.tell('open')
    await clock.advance(SILENCE_LIMIT_MS - 1)
    expect(states).toEqual(['connecting', 'open'])
    await clock.advance(1)
    expect(states).toEqual(['connecting', 'open', 'lost'])
    expect(sources[0]!.isClosed).toBe(true)
  })

  it.each(['ping', 'room.changed', 'panel.changed'])('%s counts as a sign of life', async (type) => {
    const { clock, states, last } = setup
    last().tell('open')
    for (let round = 0; round < 5; round += 1) {
      await clock.advance(15_000)
      last().tell(type, '{}')
    }
    await clock.advance(SILENCE_LIMIT_MS - 1)
    expect(states.at(-1)).toBe('open')
  })

  it('is lost when it never opens at all', async () => {
    await setup.clock.advance(SILENCE_LIMIT_MS)
    expect(setup.states).toEqual(['connecting', 'lost'])
  })

  it('tries again for ever, ever more slowly, at most 30 s apart', async () => {
    const { clock, sources, last } = setup
    const gaps: number[] = []
    for (let round = 0; round < 8; round += 1) {
      last().tell('error')
      const before = clock.monotonic()
      const count = sources.length
      while (sources.length === count) await clock.advance(100)
      gaps.push(clock.monotonic() - before)
    }
    expect(gaps).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
  })

  it('starts over with short pauses once it has been open', async () => {
    const { clock, sources, last } = setup
    for (let round = 0; round < 5; round += 1) {
      last().tell('error')
      await clock.advance(30_000)
    }
    last().tell('open')
    const count = sources.length
    last().tell('error')
    await clock.advance(1_000)
    expect(sources).toHaveLength(count + 1)
  })

  it('spreads the retries of many screens over half the pause', async () => {
    const { clock, sources, last } = build(() => 0)
    last().tell('error')
    await clock.advance(499)
    expect(sources).toHaveLength(1)
    await clock.advance(1)
    expect(sources).toHaveLength(2)
  })

  it('does not listen to a source it has given up', async () => {
    const { clock, states, events, sources } = setup
    sources[0]!.tell('error')
    await clock.advance(1_000)
    sources[0]!.tell('open')
    sources[0]!.tell('room.changed', 'old')
    sources[0]!.tell('error')
    expect(states).toEqual(['connecting', 'lost'])
    expect(events).toEqual([])
    sources[1]!.tell('open')
    expect(states).toEqual(['connecting', 'lost', 'open'])
  })

  it('keeps neither timer nor connection once stopped', async () => {
    const { clock, states, stream, last } = setup
    last().tell('open')
    stream.stop()
    expect(clock.pending()).toBe(0)
    expect(last().isClosed).toBe(true)
    await clock.advance(SILENCE_LIMIT_MS * 2)
    expect(states.at(-1)).toBe('open')
  })
})
