import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { openSimulator, type OpenSimulator } from '../testing/openSimulator.ts'

let open: OpenSimulator
const order = (body: Record<string, unknown>) => open.sim('POST', 'faults', body)
const list = () => open.post('oa/meetingroom/list')
const fetchList = async () =>
  fetch(`${open.url}/cgi-bin/oa/meetingroom/list?access_token=${await open.token()}`, { method: 'POST' })
const bookings = async () =>
  (await open.sim('GET', 'state')).body['bookings'] as readonly Record<string, unknown>[]

beforeEach(async () => {
  open = await openSimulator()
  await open.token()
})
afterEach(() => open.close())

describe('where and how often faults strike', () => {
  it('strikes the named route as often as ordered, then never again', async () => {
    await order({ kind: 'errcode', errcode: -1, errmsg: 'system busy', route: 'meetingroom/list', times: 2 })
    expect([(await list()).errcode, (await list()).errcode, (await list()).errcode]).toEqual([-1, -1, 0])
    expect((await open.sim('GET', 'state')).body['faults']).toEqual([])
  })

  it('leaves other routes and the control API alone', async () => {
    await order({ kind: 'drop', route: 'get_booking_info' })
    expect((await list()).errcode).toBe(0)
    await order({ kind: 'drop' })
    expect((await open.sim('GET', 'state')).status).toBe(200)
  })

  it('ends when it is taken back, one or all', async () => {
    const { body: one } = await order({ kind: 'status', status: 503 })
    await order({ kind: 'errcode', errcode: 6000 })
    await open.sim('DELETE', `faults/${String(one['id'])}`)
    expect((await list()).errcode).toBe(6000)
    await open.sim('DELETE', 'faults')
    expect((await list()).errcode).toBe(0)
  })

  it('counts the calls it strikes: a budget test must see them', async () => {
    await order({ kind: 'status', status: 500, route: 'meetingroom/list' })
    await fetchList()
    expect((await open.sim('GET', 'state')).body).toMatchObject({
      calls: { '/cgi-bin/gettoken': 1, '/cgi-bin/oa/meetingroom/list': 1 },
      callsTotal: 2,
    })
  })
})

describe('faults of the transport', () => {
  it('delay answers well, but late', async () => {
    await order({ kind: 'delay', ms: 60 })
    const before = performance.now()
    expect((await list()).errcode).toBe(0)
    expect(performance.now() - before).toBeGreaterThanOrEqual(55)
  })

  it('drop cuts the connection before the call takes effect', async () => {
    await order({ kind: 'drop' })
    await expect(fetchList()).rejects.toThrow()
  })

  it('drop after the effect leaves a booking behind: the outcome a caller must call unclear', async () => {
    await order({ kind: 'drop', when: 'after', route: 'meetingroom/book' })
    const now = open.simulator.world.clock.now() / 1000
    const book = { meetingroom_id: 12, start_time: now + 3600, end_time: now + 7200, booker: 'chenlu' }
    await expect(open.post('oa/meetingroom/book', book)).rejects.toThrow()
    expect(await bookings()).toHaveLength(1)
  })

  it('drop after the effect on a kept connection: both arrivals of a request sent again are carried out', async () => {
    const book = (startInHours: number) => {
      const startMs = open.simulator.world.clock.now() + startInHours * 3_600_000
      const times = { start_time: startMs / 1000, end_time: startMs / 1000 + 3600 }
      return open.post('oa/meetingroom/book', { meetingroom_id: 12, booker: 'chenlu', ...times })
    }
    expect((await book(1)).errcode).toBe(0)
    await order({ kind: 'drop', when: 'after', route: 'meetingroom/book', times: 1 })
    await expect(book(4)).rejects.toThrow()
    // What Chromium sends again by itself: the slot is taken, by the first arrival.
    expect((await book(4)).errcode).not.toBe(0)
    expect(await bookings()).toHaveLength(2)
  })

  it('a method spares the calls of every other one: reads of a path go on while its writes fail', async () => {
    await order({ kind: 'drop', method: 'GET' })
    expect((await list()).errcode).toBe(0)
    await order({ kind: 'drop', method: 'POST' })
    await expect(fetchList()).rejects.toThrow()
  })

  it('slowBody trickles: a deadline over headers alone would wait for ever', async () => {
    await order({ kind: 'slowBody', ms: 2, bytes: 256 })
    const response = await fetchList()
    let chunks = 0
    for await (const chunk of response.body!) chunks += chunk.length > 0 ? 1 : 0
    expect(chunks).toBeGreaterThan(3)
  })

  it('truncate promises more than it sends', async () => {
    await order({ kind: 'truncate' })
    const response = await fetchList()
    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow()
  })

  it('oversize is good JSON of the ordered length: only a size cap can refuse it', async () => {
    await order({ kind: 'oversize', bytes: 300_000 })
    const text = await (await fetchList()).text()
    expect(text.length).toBeGreaterThan(300_000)
    expect(JSON.parse(text)).toMatchObject({ errcode: 0 })
  })

  it('corrupt is no JSON, html is a portal page with status 200, emptyBody is nothing', async () => {
    await order({ kind: 'corrupt', times: 1 })
    const corrupt = await (await fetchList()).text()
    expect(() => JSON.parse(corrupt) as unknown).toThrow()
    await order({ kind: 'html', times: 1 })
    const html = await fetchList()
    expect([html.status, html.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    await order({ kind: 'emptyBody', times: 1 })
    const empty = await fetchList()
    expect([empty.status, await empty.text()]).toEqual([200, ''])
  })

  it('status answers with Retry-After', async () => {
    await order({ kind: 'status', status: 429, retryAfter: 7 })
    const response = await fetchList()
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '7'])
  })
})

describe('faults of the content', () => {
  it('missingFields leaves a bare success: the answer that must not read as no meetings', async () => {
    await order({ kind: 'missingFields', times: 1 })
    expect(await open.post('oa/meetingroom/get_booking_info')).toEqual({ errcode: 0, errmsg: 'ok' })
    await order({ kind: 'missingFields', fields: ['capacity'] })
    expect(JSON.stringify(await list())).not.toContain('capacity')
  })

  it('wrongTypes keeps the envelope and spoils the rest, or the named fields alone', async () => {
    await order({ kind: 'wrongTypes', times: 1 })
    const rooms = await list()
    expect(rooms).toMatchObject({ errcode: 0, meetingroom_list: expect.any(Array) as unknown })
    expect((rooms['meetingroom_list'] as readonly Record<string, unknown>[])[0]).toMatchObject({
      meetingroom_id: 'not a number: 12',
      name: 2,
    })
    await order({ kind: 'wrongTypes', fields: ['meetingroom_list'] })
    expect((await list())['meetingroom_list']).toBe(7)
  })

  it('missingRoom drops one room out of an otherwise good answer: missing is not empty', async () => {
    await order({ kind: 'missingRoom', meetingroomId: 12 })
    const answer = await open.post('oa/meetingroom/get_booking_info', {
      city: '杭州',
      building: '滨江一号',
      floor: '3F',
    })
    expect(answer['booking_list']).toMatchObject([{ meetingroom_id: 13 }, { meetingroom_id: 14 }])
  })

  it('repeatCursor serves the first page for ever: a pager without a guard never ends', async () => {
    await order({ kind: 'repeatCursor', route: 'meeting/rooms/list' })
    const first = await open.post('meeting/rooms/list', { limit: 1 })
    const second = await open.post('meeting/rooms/list', { limit: 1, cursor: first['next_cursor'] })
    expect(first).toMatchObject({ errcode: 0, has_more: true, next_cursor: 'repeated-cursor' })
    expect(second).toEqual(first)
  })

  it('combines: what spoils fields and what spoils bytes may be ordered in any order', async () => {
    await order({ kind: 'truncate' })
    await order({ kind: 'missingFields' })
    const response = await fetchList()
    await expect(response.text()).rejects.toThrow()
  })
})

describe('close', () => {
  it('leaves no timer behind: the process of a finished test run would stay alive for it', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
    await order({ kind: 'delay', ms: 600_000 })
    const before = timers()
    // Ten of them stand out from the timers of fetch and of the test runner itself.
    const waiting = Promise.allSettled(Array.from({ length: 10 }, fetchList))
    await expect.poll(timers).toBeGreaterThanOrEqual(before + 8)
    await open.close()
    await waiting
    expect(timers()).toBeLessThan(before + 5)
  })

  it('does not wait for delayed answers: a test run would hang on them', async () => {
    await order({ kind: 'delay', ms: 600_000 })
    const waiting = fetchList().catch(() => 'cut')
    await vi.waitFor(async () => expect((await open.sim('GET', 'state')).body['callsTotal']).toBe(2))
    const before = performance.now()
    await open.close()
    expect(performance.now() - before).toBeLessThan(2_000)
    await waiting
  })
})
