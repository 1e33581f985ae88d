import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { openFeishu, type OpenFeishu } from '../../testing/openFeishu.ts'
import { mondayMs } from '../../testing/openSimulator.ts'

let open: OpenFeishu
const minute = 60_000
const rooms = (token?: string | null) => open.call('GET', 'vc/v1/rooms', token === undefined ? {} : { token })
const tokenOf = async () => String((await open.askToken()).body['tenant_access_token'])
const set = (fields: Record<string, unknown>) => open.sim('PATCH', 'feishu', fields)

beforeEach(async () => {
  open = await openFeishu()
})
afterEach(() => open.close())

describe('tenant_access_token/internal', () => {
  it('answers flat: a reader that looks under data finds no token', async () => {
    const { status, body } = await open.askToken()
    expect(status).toBe(200)
    expect(body).toEqual({
      code: 0,
      msg: 'ok',
      tenant_access_token: expect.any(String) as string,
      expire: 7200,
    })
  })

  it('gives the same token with what is left of it while 30 minutes are left: 7200 must not be assumed', async () => {
    const first = await tokenOf()
    open.setNow(mondayMs + 90 * minute)
    expect((await open.askToken()).body).toMatchObject({ tenant_access_token: first, expire: 1800 })
  })

  it('gives a new one below 30 minutes and keeps the old one good to its own end: traffic never has to stop', async () => {
    const first = await tokenOf()
    open.setNow(mondayMs + 91 * minute)
    const fresh = await open.askToken()
    const second = String(fresh.body['tenant_access_token'])
    expect(second).not.toBe(first)
    expect(fresh.body['expire']).toBe(7200)
    expect((await rooms(first)).code).toBe(0)
    expect((await rooms(second)).code).toBe(0)
    expect(await tokenOf()).toBe(second)
    open.setNow(mondayMs + 120 * minute)
    expect((await rooms(first)).code).toBe(99991663)
    expect((await rooms(second)).code).toBe(0)
  })

  it.each([
    ['no app_id', { app_secret: 'x' }, 10003],
    ['no secret', { app_id: 'cli_simulator' }, 10003],
    ['an unknown app', { app_id: 'cli_other', app_secret: 'x' }, 10003],
    ['a wrong secret', { app_id: 'cli_simulator', app_secret: 'x' }, 10015],
  ])('refuses %s with HTTP 200: only the code tells', async (_, body, code) => {
    const answer = await open.askToken(body)
    expect([answer.status, answer.code]).toEqual([200, code])
    expect(answer.body).not.toHaveProperty('tenant_access_token')
  })

  it('can say "wrong secret" the other ways the documents have', async () => {
    await set({ wrongSecretCode: 99991543 })
    expect((await open.askToken({ app_id: 'cli_simulator', app_secret: 'x' })).code).toBe(99991543)
  })

  it('refuses a disabled app (10014), whose tokens are no good either (99991662)', async () => {
    const token = await open.token()
    await set({ isEnabled: false })
    expect((await open.askToken()).code).toBe(10014)
    expect((await rooms(token)).code).toBe(99991662)
  })
})

describe('the token of a call', () => {
  it('is told apart as missing, of no shape, a user’s and void, with an error that has a log id', async () => {
    expect((await rooms(null)).code).toBe(99991661)
    expect((await rooms('made-up')).code).toBe(99991671)
    expect((await rooms('u-made-up')).code).toBe(99991668)
    const void_ = await rooms('t-made-up')
    expect(void_).toMatchObject({ status: 400, code: 99991663 })
    expect(void_.body).not.toHaveProperty('data')
    expect(void_.body['error']).toMatchObject({ log_id: expect.stringMatching(/^\w{32}$/) as string })
    expect(void_.headers.get('x-tt-logid')).toBe((void_.body['error'] as { log_id: string }).log_id)
  })

  it('counts in the header alone: nobody reads it from the query', async () => {
    const query = { access_token: await open.token() }
    expect((await open.call('GET', 'vc/v1/rooms', { token: null, query })).code).toBe(99991661)
  })

  it('is refused with the HTTP status that is set: a client that waits for 401 alone would never refresh', async () => {
    for (const tokenErrorStatus of [401, 200]) {
      await set({ tokenErrorStatus })
      expect(await rooms('t-made-up')).toMatchObject({ status: tokenErrorStatus, code: 99991663 })
    }
  })

  it('can be expired and rotated in mid-call, and a fresh one works', async () => {
    for (const path of ['tokens/expire', 'tokens/rotate']) {
      const old = await tokenOf()
      await open.sim('POST', path)
      expect((await rooms(old)).code).toBe(99991663)
      const fresh = await tokenOf()
      expect(fresh).not.toBe(old)
      expect((await rooms(fresh)).code).toBe(0)
    }
  })

  it('of another platform is void here', async () => {
    const { value } = open.simulator.world.tokens.issueAhead('1000012', 7_200_000, 0, 't-')
    expect((await rooms(value)).code).toBe(99991663)
  })
})

describe('limits', () => {
  const until = async (code: number, call: () => Promise<{ readonly code: number }>) => {
    for (let count = 0; count < 2_000; count += 1) if ((await call()).code === code) return count
    return null
  }

  it('allows 50 rooms calls a second and 1000 a minute; the headers say when to come back', async () => {
    expect(await until(99991400, rooms)).toBe(50)
    const refused = await rooms()
    expect([refused.status, refused.headers.get('x-ogw-ratelimit-limit')]).toEqual([429, '50'])
    expect(refused.headers.get('x-ogw-ratelimit-reset')).toBe('1')
    open.setNow(mondayMs + 1_000)
    expect((await rooms()).code).toBe(0)
  })

  it('allows 100 list_by_no calls a minute, with the seconds left in the reset header', async () => {
    const query = { meeting_no: '123456789', start_time: '1', end_time: '2' }
    const call = () => open.get('vc/v1/meetings/list_by_no', query)
    expect(await until(99991400, call)).toBe(100)
    open.setNow(mondayMs + 15_000)
    expect((await call()).headers.get('x-ogw-ratelimit-reset')).toBe('45')
    expect((await rooms()).code).toBe(0)
    open.setNow(mondayMs + 60_000)
    expect((await call()).code).toBe(0)
  })

  it('answers 400 instead of 429 for the old meeting_room calls: a reader of the status alone would never slow down', async () => {
    await open.sim('PATCH', 'limits', { feishuCallsPerMinute: 1 })
    const call = () => open.get('meeting_room/freebusy/batch_get')
    await call()
    expect(await call()).toMatchObject({ status: 400, code: 99991400 })
    expect((await call()).headers.get('x-ogw-ratelimit-reset')).toBe('60')
  })

  it('ends the month with 99991403 for vc and calendar, while tokens and contacts stay free', async () => {
    await open.sim('PATCH', 'limits', { feishuCallsPerMonth: 3 })
    const contact = async () => open.get(`contact/v3/users/${(await open.ids()).openIds['wangbo']!}`)
    await contact()
    expect(await until(99991403, rooms)).toBe(3)
    expect(await rooms()).toMatchObject({ status: 429, msg: "This month's API call quota has been exceeded" })
    expect((await contact()).code).toBe(0)
    expect((await open.askToken()).code).toBe(0)
    open.setNow(Date.parse('2026-03-31T23:59:59+08:00'))
    const late = await tokenOf()
    expect((await rooms(late)).code).toBe(99991403)
    open.setNow(Date.parse('2026-04-01T00:00:00+08:00'))
    expect((await rooms(late)).code).toBe(0)
  })

  it('counts good answers only, and the count can be set to the end of a month', async () => {
    await open.get('vc/v1/rooms', { page_size: '0' })
    expect((await open.ids()).callsSpent).toBe(0)
    await rooms()
    expect((await open.ids()).callsSpent).toBe(1)
    await set({ callsSpent: 10_000 })
    expect((await rooms()).code).toBe(99991403)
    await open.sim('PATCH', 'limits', { feishuCallsPerMonth: null })
    expect((await rooms()).code).toBe(0)
  })
})

describe('the gate', () => {
  it('names the missing scope in words and as data, so that an administrator can be told', async () => {
    await set({ scopes: ['calendar:room:readonly'] })
    const refused = await rooms()
    expect(refused).toMatchObject({ status: 400, code: 99991672 })
    expect(refused.msg).toContain('[vc:room:readonly, vc:room]')
    expect(refused.body['error']).toMatchObject({
      permission_violations: [
        { type: 'action_scope_required', subject: 'vc:room:readonly' },
        { type: 'action_scope_required', subject: 'vc:room' },
      ],
      helps: [{ url: expect.stringContaining('q=vc:room:readonly,vc:room') as string }],
    })
    await set({ scopes: ['vc:room'] })
    expect((await rooms()).code).toBe(0)
  })

  it('refuses an address outside the list and names it, but still gives tokens: a token proves nothing', async () => {
    await open.sim('POST', 'ipAllowList', { ips: ['198.51.100.7'], callerIp: '203.0.113.99' })
    expect((await open.askToken()).code).toBe(0)
    expect(await rooms()).toMatchObject({ code: 99991401, msg: 'ip 203.0.113.99 is denied by app setting' })
    await open.sim('POST', 'ipAllowList', { ips: null })
    expect((await rooms()).code).toBe(0)
  })

  it('knows wrong methods and paths by their codes', async () => {
    expect(await open.post('vc/v1/rooms/none/none')).toMatchObject({ status: 404, code: 99991201 })
    expect((await open.post('vc/v1/resource_reservation_list')).code).toBe(99991301)
    expect((await open.get('meeting_room/summary/batch_get')).code).toBe(99991301)
  })

  it('wants JSON and its type, and names the field that is wrong', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const sent = await open.call('POST', 'vc/v1/rooms/mget', { body: { room_ids: ['x'] }, headers: form })
    expect(sent).toMatchObject({ status: 400, code: 121003 })
    const response = await fetch(`${open.url}/open-apis/meeting_room/summary/batch_get`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await open.token()}`, 'content-type': 'application/json' },
      body: '{"EventUids":',
    })
    expect(await response.json()).toMatchObject({
      code: 105002,
      error: { field_violations: [{ field: 'the body' }] },
    })
  })

  it('puts up with the empty body the vendor’s client sends along with GET and DELETE', async () => {
    const authorization = `Bearer ${await open.token()}`
    const statusOf = async (method: string, path: string) => {
      const headers = { authorization, 'content-type': 'application/json', 'content-length': '2' }
      const sent = request(`${open.url}/open-apis/${path}`, { method, headers }).end('{}')
      const [response] = (await once(sent, 'response')) as [IncomingMessage]
      response.resume()
      return response.statusCode
    }
    expect(await statusOf('GET', 'vc/v1/rooms')).toBe(200)
    expect(await statusOf('DELETE', 'calendar/v4/calendars/primary/events/none')).toBe(400)
    expect(await statusOf('POST', 'calendar/v4/calendars/primary')).toBe(200)
  })

  it('leaves out what is empty when asked: every field of an answer may be missing', async () => {
    await open.sim('PATCH', 'quirks', { dropsEmptyFields: true })
    await open.sim('PATCH', 'rooms/12', { isDisabled: true })
    const { data } = await rooms()
    expect(data).not.toHaveProperty('has_more')
    expect((data['rooms'] as readonly Record<string, unknown>[])[0]!['room_status']).toEqual({})
  })
})
