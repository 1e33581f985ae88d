import { describe, expect, it, vi } from 'vitest'
import { createNetHttp } from './netHttp.ts'
import type { NetFetch } from './NetFetch.ts'

const ADDRESS = 'https://qyapi.weixin.qq.com/cgi-bin/x'
const answered = (): Promise<Response> => Promise.resolve(new Response('ok'))
const read = { method: 'POST', signal: new AbortController().signal, isWrite: false } as const

/** Sessions as `createPorts` would open them; each notes what became of it. */
function setUp(answer: () => Promise<Response> = answered) {
  const steps: string[] = []
  const fetch = vi.fn<NetFetch>(answered)
  const http = createNetHttp({
    fetch,
    openWriteSession: (index) => {
      steps.push(`open ${index}`)
      return {
        closeAllConnections: () => {
          steps.push(`close ${index}`)
          return Promise.resolve()
        },
        fetch: () => {
          steps.push(`send ${index}`)
          return answer()
        },
      }
    },
  })
  const write = () => {
    const call = new AbortController()
    const answer = http.fetch(ADDRESS, { method: 'POST', signal: call.signal, isWrite: true })
    return { answer, over: () => call.abort() }
  }
  return { http, fetch, steps, write }
}

describe('createNetHttp', () => {
  it('sends no cookies, keeps nothing, and cannot be answered by our own protocol handler', async () => {
    const { http, fetch } = setUp()
    await http.fetch(ADDRESS, { ...read, credentials: 'include' })
    expect(fetch).toHaveBeenCalledWith(ADDRESS, {
      method: 'POST',
      signal: read.signal,
      credentials: 'omit',
      cache: 'no-store',
      bypassCustomProtocolHandlers: true,
    })
  })

  it.each(['file:///etc/passwd', 'app://panel/index.html', 'data:text/plain,x', 'not an address'])(
    'does not speak %s, which net.fetch would',
    async (address) => {
      const { http, fetch } = setUp()
      await expect(http.fetch(address, read)).rejects.toBeInstanceOf(TypeError)
      expect(fetch).not.toHaveBeenCalled()
    },
  )
})

describe('createNetHttp: writes', () => {
  it('no read ever travels with them, and none closes its connections', async () => {
    const { http, fetch, steps, write } = setUp()
    await http.fetch(ADDRESS, read)
    expect([fetch.mock.calls.length, steps]).toEqual([1, []])
    await write().answer
    expect(fetch).toHaveBeenCalledTimes(1)
  })

  it('close what the one before left open first: Chromium would send again on it', async () => {
    const { steps, write } = setUp()
    const one = write()
    await one.answer
    one.over()
    await write().answer
    expect(steps).toEqual(['open 0', 'close 0', 'send 0', 'close 0', 'send 0'])
  })

  it('two at once do not close each other’s connection; the next takes a session that is free again', async () => {
    const { steps, write } = setUp()
    const one = write()
    const other = write()
    await Promise.all([one.answer, other.answer])
    expect(steps.filter((step) => step.startsWith('open'))).toEqual(['open 0', 'open 1'])
    other.over()
    steps.length = 0
    await write().answer
    expect(steps).toEqual(['close 1', 'send 1'])
  })

  it('that fail or are given up before they leave give their session back', async () => {
    const { steps, write } = setUp(() => Promise.reject(new Error('net::ERR_EMPTY_RESPONSE')))
    const failed = write()
    await expect(failed.answer).rejects.toThrow('net::ERR_EMPTY_RESPONSE')
    failed.over()
    const given = write()
    given.over()
    await expect(given.answer).rejects.toThrow()
    await expect(write().answer).rejects.toThrow('net::ERR_EMPTY_RESPONSE')
    expect(steps).toEqual(['open 0', 'close 0', 'send 0', 'close 0', 'close 0', 'send 0'])
  })
})
