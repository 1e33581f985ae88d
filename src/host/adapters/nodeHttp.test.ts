import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createNodeHttp } from './nodeHttp.ts'

let server: Server
let root: string
let arrivals: string[]
/** Whether each arrival came on a connection that nobody had used before it. */
let areFirst: boolean[]
const http = createNodeHttp()
const never = new AbortController().signal

/** `/drop` closes the connection instead of answering, `/endless` never ends its body. */
beforeEach(async () => {
  arrivals = []
  areFirst = []
  const used = new Set<Socket>()
  server = createServer((request, response) => {
    arrivals.push(`${request.method ?? ''} ${request.url ?? ''}`)
    areFirst.push(!used.has(request.socket))
    used.add(request.socket)
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => (body += text))
    request.on('end', () => {
      if (request.url === '/drop') request.socket.destroy()
      else if (request.url === '/endless') response.write('x')
      else if (request.url === '/nothing')
        response.writeHead(204, { 'x-seen': request.headers['x-one'] ?? '' }).end()
      else response.end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => {
  server.close()
  server.closeAllConnections()
})

const send = async (path: string, isWrite: boolean, method = 'POST', signal = never): Promise<string> =>
  (await http.fetch(`${root}${path}`, { method, body: '{"a":1}', signal, isWrite })).text()

describe('createNodeHttp', () => {
  it('reads share connections', async () => {
    for (let call = 0; call < 5; call += 1) expect(await send('/read', false)).toBe('{"a":1}')
    expect(areFirst).toContain(false)
  })

  it('a write goes out on a connection that nobody used before, two at once as well, and is answered', async () => {
    await send('/read', false)
    for (let call = 0; call < 3; call += 1) expect(await send('/write', true)).toBe('{"a":1}')
    await Promise.all([send('/write', true), send('/write', true)])
    await send('/write', true)
    expect(areFirst).toEqual(Array(7).fill(true))
  })

  // Chromium sends the second time by itself; should Node begin to, a booking would be made twice.
  it.each([
    ['write', true, 'POST'],
    ['write', true, 'PUT'],
    ['write', true, 'DELETE'],
    ['read', false, 'POST'],
  ] as const)('a %s whose answer is lost (isWrite %s, %s) arrives once', async (_name, isWrite, method) => {
    await send('/first', isWrite)
    await expect(send('/drop', isWrite, method)).rejects.toThrow()
    expect(arrivals).toEqual(['POST /first', `${method} /drop`])
  })

  it('a write says what fetch would: status, headers, and nothing at all where there is nothing', async () => {
    const write = { method: 'DELETE', signal: never, isWrite: true, headers: { 'x-one': '1' } } as const
    const made = await http.fetch(`${root}/nothing`, write)
    expect([made.status, made.headers.get('x-seen'), made.body, await made.text()]).toEqual([
      204,
      '1',
      null,
      '',
    ])
    await expect(http.fetch('http://127.0.0.1:1/', write)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  it('a write that is given up hangs up', async () => {
    const controller = new AbortController()
    const hungUp = new Promise((resolve) =>
      server.once('connection', (socket: { once(event: 'close', run: (value: unknown) => void): void }) =>
        socket.once('close', resolve),
      ),
    )
    const answer = send('/endless', true, 'POST', controller.signal)
    await expect.poll(() => arrivals.length).toBe(1)
    controller.abort(new Error('enough'))
    await expect(answer).rejects.toThrow()
    await hungUp
  })
})
