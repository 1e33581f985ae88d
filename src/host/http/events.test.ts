import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFakeClock } from '../../core/testing/fakeClock.ts'
import { createRecordingLogger } from '../../core/testing/recordingLogger.ts'
import { createFakeCore, panelChanged, roomChanged } from '../testing/fakeCore.ts'
import { createServer } from './server.ts'

function build() {
  const core = createFakeCore()
  const log = createRecordingLogger()
  const clock = createFakeClock(0)
  const guard = { allowedHosts: [], isFramingAllowed: false }
  const screen = new Map()
  return { core, log, clock, server: createServer({ core, log, clock, screen, guard, maxClients: 2 }) }
}

let { core, log, clock, server } = build()
let port = 0
beforeEach(async () => {
  ;({ core, log, clock, server } = build())
  port = await server.listen('127.0.0.1', 0)
})
afterEach(() => server.close())

/** Reads a stream up to a text that must come; the rest waits for the next question. */
async function open(query = '') {
  const response = await fetch(`http://127.0.0.1:${port}/api/events${query}`)
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let seen = ''
  return {
    response,
    async until(text: string): Promise<string> {
      while (!seen.includes(text)) {
        const { value, done } = await reader.read()
        if (done) throw new Error(`the stream ended before ${text}`)
        seen += value
      }
      const end = seen.indexOf(text) + text.length
      const part = seen.slice(0, end)
      seen = seen.slice(end)
      return part
    },
    async isEnded(): Promise<boolean> {
      const { done } = await reader.read()
      return done
    },
    cancel: () => reader.cancel(),
  }
}

describe('the event stream', () => {
  it('answers at once, as a stream no proxy holds back and no cache keeps', async () => {
    const stream = await open()
    expect(stream.response.status).toBe(200)
    expect(Object.fromEntries(stream.response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(stream.response.headers.get('access-control-allow-origin')).toBeNull()
    await stream.until(': connected\n\n')
    await stream.cancel()
  })

  it('carries every event under its own name, whole, on one data line', async () => {
    const stream = await open()
    await stream.until(': connected\n\n')
    const event = roomChanged('west-lake', 7, '西湖\n第二行')
    core.publish(event)
    core.publish(panelChanged(3))
    const first = await stream.until('\n\n')
    expect(first).toMatch(/^event: room\.changed\ndata: .*\n\n$/)
    expect(JSON.parse(first.split('data: ')[1]!)).toEqual(event.payload)
    expect(await stream.until('\n\n')).toMatch(/^event: panel\.changed\ndata: .*"revision":3.*\n\n$/)
    await stream.cancel()
  })

  it('leaves out other rooms for a client that names its own, but never the panel', async () => {
    const stream = await open('?roomId=west-lake')
    await stream.until(': connected\n\n')
    core.publish(roomChanged('orchid', 1))
    core.publish(panelChanged(2))
    core.publish(roomChanged('west-lake', 3))
    const all = await stream.until('"revision":3')
    expect(all).not.toContain('orchid')
    expect(all.match(/^event: .*$/gm)).toEqual(['event: panel.changed', 'event: room.changed'])
    await stream.cancel()
  })

  it('shows every 15 seconds that it lives, and keeps no timer when nobody listens', async () => {
    expect(clock.pending()).toBe(0)
    const stream = await open()
    await stream.until(': connected\n\n')
    await clock.advance(14_999)
    await clock.advance(1)
    expect(await stream.until('\n\n')).toBe('event: ping\ndata: {}\n\n')
    await clock.advance(15_000)
    expect(await stream.until('\n\n')).toBe('event: ping\ndata: {}\n\n')
    await stream.cancel()
    await expect
      .poll(async () => {
        await clock.advance(15_000)
        return clock.pending()
      })
      .toBe(0)
  })

  it('takes no more clients than it can feed, and takes one again when one left', async () => {
    const first = await open()
    const second = await open()
    const third = await fetch(`http://127.0.0.1:${port}/api/events`)
    expect(third.status).toBe(503)
    expect(third.headers.get('retry-after')).toBe('5')
    expect(await third.json()).toEqual({ ok: false, error: { code: 'unavailable' } })
    await first.cancel()
    await expect
      .poll(async () => {
        const again = await open()
        await again.cancel()
        return again.response.status
      })
      .toBe(200)
    await second.cancel()
  })

  /** A client that never reads, with so much sent to it that the kernel takes no more. */
  async function openStuck(): Promise<Socket> {
    const socket = await new Promise<Socket>((resolve) => {
      const opening = connect(port, '127.0.0.1', () => resolve(opening))
      opening.on('error', () => undefined)
    })
    socket.write(`GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`)
    await expect.poll(() => clock.pending()).toBe(1)
    socket.pause()
    const big = '湖'.repeat(100_000)
    for (let revision = 1; revision <= 100; revision += 1) {
      core.publish(roomChanged('west-lake', revision, big))
      await new Promise((resolve) => setImmediate(resolve))
    }
    return socket
  }

  it('drops a client that takes nothing between two pings, and feeds the others on', async () => {
    const stuck = await openStuck()
    const reading = await open()
    await reading.until(': connected\n\n')
    await clock.advance(15_000)
    expect(log.lines).toEqual([])
    await clock.advance(15_000)
    expect(log.lines.map(({ level, message }) => [level, message])).toEqual([
      ['warn', 'a client that does not read was dropped'],
    ])
    const isGone = new Promise<boolean>((resolve) => stuck.once('close', () => resolve(true)))
    stuck.resume()
    await expect(isGone).resolves.toBe(true)
    core.publish(panelChanged(9))
    expect(await reading.until('"revision":9')).toContain('event: panel.changed')
    await reading.cancel()
  })

  it('keeps only the newest state for a client that lags, and it gets that one', async () => {
    const slow = await openStuck()
    core.publish(panelChanged(5))
    core.publish(panelChanged(6))
    core.publish(roomChanged('west-lake', 101))
    const text = await new Promise<string>((resolve) => {
      let seen = ''
      slow.setEncoding('utf8').on('data', (chunk: string) => {
        seen += chunk
        if (seen.includes('"revision":101') && seen.includes('"revision":6')) resolve(seen)
      })
      slow.resume()
    })
    slow.destroy()
    expect(text).not.toContain('"revision":5,"language"')
    expect(text.match(/^event: room\.changed$/gm)!.length).toBeLessThan(100)
  })

  it('does not take a burst of many rooms for a client that does not read', async () => {
    const stream = await open()
    await stream.until(': connected\n\n')
    for (let room = 0; room < 200; room += 1)
      core.publish(roomChanged(`room-${room}`, room, '湖'.repeat(5000)))
    core.publish(panelChanged(1000))
    const text = await stream.until('"revision":1000')
    await clock.advance(30_000)
    expect(text.match(/^event: room\.changed$/gm)).toHaveLength(200)
    expect(log.lines).toEqual([])
    await stream.cancel()
  })

  it('ends when the host stops, and the host does not wait for it', async () => {
    const stream = await open()
    await stream.until(': connected\n\n')
    await server.close()
    await expect(stream.isEnded()).resolves.toBe(true)
    expect(core.listeners()).toBe(0)
    expect(clock.pending()).toBe(0)
  })

  it('is closed to pages of other sites', async () => {
    const response = await server.app.inject({
      url: '/api/events',
      headers: { host: `127.0.0.1:${port}`, origin: 'https://evil.example' },
    })
    expect(response.statusCode).toBe(403)
    expect(core.listeners()).toBe(1)
  })
})
