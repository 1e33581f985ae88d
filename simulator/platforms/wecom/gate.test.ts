import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { mondayMs, openSimulator, type OpenSimulator } from '../../testing/openSimulator.ts'

let open: OpenSimulator
const good = { corpid: 'ww0123456789abcdef', corpsecret: 'simulator-secret-wecom' }
const askToken = (query: Record<string, string>) => open.get('gettoken', query, null)

beforeEach(async () => {
  open = await openSimulator()
})
afterEach(() => open.close())

describe('the access token', () => {
  it('is long, lasts 7200 s and is given out again with what is left: a fixed lifetime would be assumed else', async () => {
    const first = await askToken(good)
    expect(first).toMatchObject({ errcode: 0, errmsg: 'ok', expires_in: 7200 })
    expect(String(first['access_token']).length).toBeGreaterThan(128)
    open.setNow(mondayMs + 600_000)
    expect(await askToken(good)).toMatchObject({ access_token: first['access_token'], expires_in: 6600 })
  })

  it.each([
    ['no corpid', { corpsecret: 'x' }, 41002],
    ['no secret', { corpid: good.corpid }, 41004],
    ['a wrong corpid', { ...good, corpid: 'wwother' }, 40013],
    ['a wrong secret', { ...good, corpsecret: 'x' }, 40001],
  ])(
    'is refused with its own code for %s: a set-up screen could not say what is wrong',
    async (_, query, code) => {
      const answer = await askToken(query)
      expect(answer.errcode).toBe(code)
      expect(answer).not.toHaveProperty('access_token')
    },
  )

  it('counts only in the query: in the body it is missing (41001)', async () => {
    expect((await open.post('oa/meetingroom/list', { access_token: await open.token() }, null)).errcode).toBe(
      41001,
    )
  })

  it('is 40014 when made up, 42001 when its time is over: a client that treats one only would stay broken', async () => {
    expect((await open.post('oa/meetingroom/list', {}, 'made-up')).errcode).toBe(40014)
    await open.token()
    open.setNow(mondayMs + 7_200_000)
    expect((await open.post('oa/meetingroom/list')).errcode).toBe(42001)
  })

  it('can be expired and rotated early, and a fresh one works again', async () => {
    const old = await open.token()
    await open.sim('POST', 'tokens/expire')
    expect((await open.post('oa/meetingroom/list', {}, old)).errcode).toBe(42001)
    const next = String((await askToken(good))['access_token'])
    expect(next).not.toBe(old)
    expect((await open.post('oa/meetingroom/list', {}, next)).errcode).toBe(0)
    await open.sim('POST', 'tokens/rotate')
    expect((await open.post('oa/meetingroom/list', {}, next)).errcode).toBe(40014)
  })

  it('shuts an address out for an hour after too many wrong secrets, the right one included', async () => {
    await open.sim('PATCH', 'limits', { badSecretsPerHour: 3 })
    for (let index = 0; index < 4; index += 1) await askToken({ ...good, corpsecret: 'x' })
    expect((await askToken(good)).errcode).toBe(45009)
    open.setNow(mondayMs + 3_599_000)
    expect((await askToken(good)).errcode).toBe(45009)
    open.setNow(mondayMs + 3_600_000)
    expect((await askToken(good)).errcode).toBe(0)
  })
})

describe('the gate', () => {
  it('answers HTTP 200 with the world date even when it refuses: errors live in errcode alone', async () => {
    const response = await fetch(`${open.url}/cgi-bin/oa/meetingroom/list`, { method: 'POST' })
    expect(response.status).toBe(200)
    expect(response.headers.get('date')).toBe(new Date(mondayMs).toUTCString())
  })

  it('refuses the wrong method with a parameter code: GET on POST 40063, POST on GET 40058', async () => {
    expect((await open.get('oa/meetingroom/list')).errcode).toBe(40063)
    expect((await open.post('user/get')).errcode).toBe(40058)
  })

  it('names broken JSON as 40035 with the warning people search for', async () => {
    const response = await fetch(
      `${open.url}/cgi-bin/oa/meetingroom/list?access_token=${await open.token()}`,
      {
        method: 'POST',
        body: '{"city":',
      },
    )
    expect(await response.json()).toMatchObject({
      errcode: 40035,
      errmsg: expect.stringContaining('Warning: wrong json format') as string,
    })
  })

  it('takes JSON under any content type, as the platform does', async () => {
    const response = await fetch(
      `${open.url}/cgi-bin/oa/meetingroom/list?access_token=${await open.token()}`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: '{"city":"杭州"}',
      },
    )
    expect(await response.json()).toMatchObject({ errcode: 0 })
  })

  it('names the refused address in a 60020, while gettoken still works: a token test proves nothing', async () => {
    await open.sim('POST', 'ipAllowList', { ips: ['198.51.100.7'], callerIp: '203.0.113.99' })
    expect((await askToken(good)).errcode).toBe(0)
    const refused = await open.post('oa/meetingroom/list')
    expect(refused.errcode).toBe(60020)
    expect(/from ip: ([^,]+)/.exec(refused.errmsg)?.[1]).toBe('203.0.113.99')
    await open.sim('POST', 'ipAllowList', { ips: null })
    expect((await open.post('oa/meetingroom/list')).errcode).toBe(0)
  })

  it('says 48002 for each group whose switch is off and 50003 when the app is disabled', async () => {
    await open.sim('PATCH', 'app', { grants: ['contacts'] })
    expect((await open.post('oa/meetingroom/list')).errcode).toBe(48002)
    expect((await open.post('oa/schedule/get', { schedule_id_list: ['x'] })).errcode).toBe(48002)
    expect((await open.post('meeting/rooms/list')).errcode).toBe(48002)
    expect((await open.get('user/get', { userid: 'chenlu' })).errcode).toBe(0)
    await open.sim('PATCH', 'app', { isEnabled: false })
    expect((await open.get('user/get', { userid: 'chenlu' })).errcode).toBe(50003)
  })

  it('blocks one API for a minute past its limit and leaves the others alone', async () => {
    await open.sim('PATCH', 'limits', { perMinute: 2 })
    const codes = []
    for (let index = 0; index < 3; index += 1) codes.push((await open.post('oa/meetingroom/list')).errcode)
    expect(codes).toEqual([0, 0, 45009])
    expect((await open.get('user/get', { userid: 'chenlu' })).errcode).toBe(0)
    open.setNow(mondayMs + 59_000)
    expect((await open.post('oa/meetingroom/list')).errcode).toBe(45009)
    open.setNow(mondayMs + 61_000)
    expect((await open.post('oa/meetingroom/list')).errcode).toBe(0)
  })

  it('allows five calls a minute with debug=1: it must not reach production', async () => {
    const codes = []
    for (let index = 0; index < 6; index += 1)
      codes.push((await open.get('user/get', { userid: 'chenlu', debug: '1' })).errcode)
    expect(codes).toEqual([0, 0, 0, 0, 0, 45009])
  })

  it('answers 45033 to calls in parallel beyond the set number', async () => {
    await open.token()
    await open.sim('PATCH', 'limits', { inParallel: 1 })
    await open.sim('POST', 'faults', { kind: 'delay', ms: 40, route: 'meetingroom/list' })
    const answers = await Promise.all([1, 2, 3].map(() => open.post('oa/meetingroom/list')))
    expect(answers.map((answer) => answer.errcode).sort()).toEqual([0, 45033, 45033])
    expect((await open.post('oa/meetingroom/list')).errcode).toBe(0)
  })

  it('has nothing at an address no document names', async () => {
    expect((await fetch(`${open.url}/cgi-bin/oa/meetingroom/extend`, { method: 'POST' })).status).toBe(404)
  })
})
