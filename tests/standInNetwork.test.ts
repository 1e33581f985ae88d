import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createChromiumFetch } from '../e2e/standIn/electron/createChromiumFetch.ts'
import type { ChromiumFetch } from '../e2e/standIn/electron/createChromiumFetch.ts'

let server: Server
let root: string
let arrivals: string[]
let connections: number
let chromium: ChromiumFetch

/** `/drop` closes the connection instead of answering, `/endless` never ends its body. */
beforeEach(async () => {
  arrivals = []
  connections = 0
  chromium = createChromiumFetch()
  server = createServer((request, response) => {
    arrivals.push(`${request.method ?? ''} ${request.url ?? ''}`)
    request.resume().on('end', () => {
      if (request.url === '/drop') request.socket.destroy()
      else if (request.url === '/endless') response.write('x'.repeat(100_000))
      else response.end('ok')
    })
  })
  server.on('connection', () => (connections += 1))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => {
  server.close()
  server.closeAllConnections()
})

const send = (path: string, init: RequestInit = {}): Promise<Response> =>
  chromium.fetch(new URL(path, root), init)
const post = async (path: string): Promise<string> =>
  send(path, { method: 'POST', body: '{}' }).then(
    (response) => response.text(),
    (error: unknown) => (error as Error).message,
  )

// As measured on Electron 33: a stand-in that is kinder than Chromium hides bookings that are sent twice.
describe('the stand-in’s network is Chromium’s', () => {
  it('sends a POST again when the kept connection it went out on closes before the answer', async () => {
    await post('/first')
    expect(await post('/drop')).toBe('net::ERR_EMPTY_RESPONSE')
    expect(arrivals).toEqual(['POST /first', 'POST /drop', 'POST /drop'])
  })

  it('and not on a connection that nobody used before', async () => {
    expect(await post('/drop')).toBe('net::ERR_EMPTY_RESPONSE')
    await post('/kept')
    chromium.closeIdle()
    await post('/drop')
    expect(arrivals).toEqual(['POST /drop', 'POST /kept', 'POST /drop'])
  })

  it('keeps connections between calls, and as many as six a host', async () => {
    await post('/one')
    await post('/two')
    expect(connections).toBe(1)
    await Promise.all(Array.from({ length: 9 }, () => post('/many')))
    expect(connections).toBe(6)
  })

  it('a reader that is cancelled keeps its connection, and the seventh call waits for ever', async () => {
    for (let call = 0; call < 6; call += 1) await (await send('/endless')).body?.cancel()
    const seventh = send('/seventh')
    await expect.poll(() => arrivals.length).toBe(6)
    const waited = await Promise.race([
      seventh,
      new Promise((resolve) => setImmediate(() => resolve('waits'))),
    ])
    expect(waited).toBe('waits')
  })

  it('an abort ends the transfer, and the next call is answered', async () => {
    for (let call = 0; call < 8; call += 1) {
      const controller = new AbortController()
      await (await send('/endless', { signal: controller.signal })).body?.getReader().read()
      controller.abort()
    }
    await expect((await send('/after')).text()).resolves.toBe('ok')
  })

  it('says refused, and given up, as Chromium does', async () => {
    const controller = new AbortController()
    controller.abort(new Error('enough'))
    await expect(send('/x', { signal: controller.signal })).rejects.toThrow('enough')
    await expect(chromium.fetch(new URL('http://127.0.0.1:1/'), {})).rejects.toThrow(
      'net::ERR_CONNECTION_REFUSED',
    )
  })
})
