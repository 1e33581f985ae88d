import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { at, openDingtalk, type OpenDingtalk, operatorUnionId } from '../../testing/openDingtalk.ts'
import { mondayMs } from '../../testing/openSimulator.ts'

let open: OpenDingtalk
const good = { appKey: 'ding-simulator-app', appSecret: 'simulator-secret-dingtalk' }
const askToken = (body: unknown = good) => open.call('POST', 'oauth2/accessToken', { body, token: null })
const list = (token?: string | null) =>
  open.call('GET', 'rooms/meetingRoomLists', {
    query: { unionId: operatorUnionId },
    ...(token === undefined ? {} : { token }),
  })
const limit = (limits: Record<string, number | null>) => open.sim('PATCH', 'limits', limits)
const codes = async (count: number, call: () => ReturnType<typeof list> = list) => {
  const found = []
  for (let index = 0; index < count; index += 1) found.push((await call()).body['code'])
  return found
}

beforeEach(async () => {
  open = await openDingtalk()
})
afterEach(() => open.close())

describe('the access token', () => {
  it('comes with expireIn, the same again within its lifetime, and each asking extends it', async () => {
    const first = await askToken()
    expect(first.body).toEqual({ accessToken: expect.any(String) as string, expireIn: 7200 })
    const token = String(first.body['accessToken'])
    open.setNow(mondayMs + 7_000_000)
    expect((await askToken()).body).toEqual({ accessToken: token, expireIn: 7200 })
    open.setNow(mondayMs + 14_000_000)
    expect((await list(token)).status).toBe(200)
  })

  it('is 400 invalidClientIdOrSecret for a wrong key or secret: a set-up screen must say which account is wrong', async () => {
    for (const body of [{ ...good, appSecret: 'x' }, { ...good, appKey: 'x' }, {}])
      expect(await askToken(body)).toMatchObject({ status: 400, body: { code: 'invalidClientIdOrSecret' } })
  })

  it('takes JSON only: a form is no body to it', async () => {
    const response = await fetch(`${open.url}/v1.0/oauth2/accessToken`, {
      method: 'POST',
      body: new URLSearchParams(good),
    })
    expect([response.status, await response.json()]).toMatchObject([400, { code: 'Missingbody' }])
  })

  it('is one and the same by company and by the old call, each with its own field names', async () => {
    const { body } = await askToken()
    const byCorp = await open.call('POST', 'oauth2/dingsimulatorcorp/token', {
      body: {
        client_id: good.appKey,
        client_secret: good.appSecret,
        grant_type: 'client_credentials',
      },
      token: null,
    })
    expect(byCorp.body).toEqual({ access_token: body['accessToken'], expires_in: 7200 })
    const old = await fetch(`${open.url}/gettoken?appkey=${good.appKey}&appsecret=${good.appSecret}`)
    expect(await old.json()).toMatchObject({ errcode: 0, access_token: body['accessToken'] })
    expect((await open.call('POST', 'oauth2/dingother/token', { body: {}, token: null })).status).toBe(400)
  })

  it('is HTTP 400, not 401, once it is expired, rotated, made up or missing: one code for all', async () => {
    const token = await open.token()
    await open.sim('POST', 'tokens/expire')
    const refused = { status: 400, body: { code: 'InvalidAuthentication' } }
    expect(await list(token)).toMatchObject(refused)
    const fresh = String((await askToken()).body['accessToken'])
    expect(fresh).not.toBe(token)
    expect((await list(fresh)).status).toBe(200)
    await open.sim('POST', 'tokens/rotate')
    for (const bad of [fresh, 'made-up', null]) expect(await list(bad)).toMatchObject(refused)
  })

  it('counts in the header only', async () => {
    const answer = await open.call('GET', 'rooms/meetingRoomLists', {
      query: { unionId: operatorUnionId, access_token: await open.token() },
      token: null,
    })
    expect(answer.body['code']).toBe('InvalidAuthentication')
  })

  it('of another platform is none here', async () => {
    const wecom = await fetch(
      `${open.url}/cgi-bin/gettoken?corpid=ww0123456789abcdef&corpsecret=simulator-secret-wecom`,
    )
    const { access_token: foreign } = (await wecom.json()) as { access_token: string }
    expect((await list(foreign)).status).toBe(400)
  })

  it('is throttled when it is asked for all the time', async () => {
    await limit({ dingtalkTokensPerMinute: 2 })
    expect(await codes(3, askToken)).toEqual([
      undefined,
      undefined,
      'Forbidden.AccessDenied.QpmLimitForAppkeyAndApi',
    ])
  })
})

describe('the envelope', () => {
  it('has no code in a good answer, and code, requestid and message in a bad one', async () => {
    expect((await list()).body).not.toHaveProperty('code')
    const { body, headers } = await list('made-up')
    expect(body).toEqual({
      code: 'InvalidAuthentication',
      requestid: expect.stringMatching(/^[0-9A-F-]{36}$/) as string,
      message: expect.any(String) as string,
    })
    expect(headers.get('x-acs-request-id')).toBeTruthy()
    expect(headers.get('date')).toBe(new Date(mondayMs).toUTCString())
  })

  it('is a fault’s too, with the status its code has: a throttle must not reach the panel as 200', async () => {
    await open.token()
    const order = async (fault: Record<string, unknown>) => {
      await open.sim('POST', 'faults', { kind: 'errcode', times: 1, ...fault })
      return list()
    }
    expect(await order({ errcode: 'Forbidden.AccessDenied.QpsLimitForApi' })).toMatchObject({
      status: 403,
      body: { code: 'Forbidden.AccessDenied.QpsLimitForApi', requestid: expect.any(String) as string },
    })
    expect((await order({ errcode: 'system.busy' })).status).toBe(429)
    expect((await order({ errcode: 'system.error' })).status).toBe(500)
    expect((await order({ errcode: 'system.error', status: 400 })).status).toBe(400)
    await open.sim('POST', 'faults', { kind: 'errcode', errcode: -1, route: 'topapi' })
    expect(await open.topapi('v2/user/get', { userid: 'chenlu' })).toMatchObject({ errcode: -1 })
  })

  it('has nothing at an address no document names, nor at the other spelling of one that is', async () => {
    expect((await fetch(`${open.url}/v1.0/rooms/meetingroomLists`)).status).toBe(404)
    expect((await fetch(`${open.url}/topapi/v2/user/list`, { method: 'POST' })).status).toBe(404)
  })
})

describe('permissions', () => {
  it('names the missing scope: the operator must read which box to tick', async () => {
    await open.sim('PATCH', 'app', { scopes: ['Calendar.Event.Read'] })
    expect(await list()).toMatchObject({
      status: 403,
      body: {
        code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied',
        accessdenieddetail: { requiredScopes: ['VideoConference.Conference.Read'] },
      },
    })
    expect((await open.busy([12], '16T00:00', '17T00:00')).status).toBe(200)
    const created = await open.calendar('POST', 'doorplate', 'calendars/primary/events', { body: {} })
    expect(created.body['accessdenieddetail']).toEqual({ requiredScopes: ['Calendar.Event.Write'] })
    expect((await open.topapi('v2/user/get', { userid: 'chenlu' }))['errcode']).toBe(60011)
  })

  it('refuses an address that is not on the list, while the token call still works', async () => {
    await open.sim('POST', 'ipAllowList', { ips: ['198.51.100.7'] })
    expect((await askToken()).status).toBe(200)
    expect(await list()).toMatchObject({
      status: 403,
      body: { code: 'Forbidden.AccessDenied.IpNotInWhiteList' },
    })
  })
})

describe('rate limits', () => {
  it('allow 20 calls a second of one API and pass again a second later; other APIs go on', async () => {
    expect((await codes(21)).filter(Boolean)).toEqual(['Forbidden.AccessDenied.QpsLimitForAppkeyAndApi'])
    expect((await open.busy([12], '16T00:00', '17T00:00')).status).toBe(200)
    open.setNow(mondayMs + 1_000)
    expect((await list()).status).toBe(200)
  })

  it('know a minute and the other tenants as well, each with its own code', async () => {
    await limit({ dingtalkCallsPerMinute: 1 })
    expect(await codes(2)).toEqual([undefined, 'Forbidden.AccessDenied.QpmLimitForAppkeyAndApi'])
    await limit({ dingtalkCallsPerMinute: null, dingtalkCallsOfAllPerSecond: 0 })
    expect(await codes(1)).toEqual(['Forbidden.AccessDenied.QpsLimitForApi'])
    expect((await open.topapi('v2/user/get', { userid: 'chenlu' }))['errcode']).toBe(90002)
  })

  it('ban an address for five minutes with a body that is no envelope: it must not read as an empty answer', async () => {
    await open.token()
    await limit({ dingtalkCallsPer20Seconds: 2 })
    await codes(3)
    expect(await list()).toMatchObject({ status: 200, body: { status: 1111, punish: 'deny' } })
    expect(await open.topapi('v2/user/get', { userid: 'chenlu' })).toMatchObject({ status: 1111 })
    open.setNow(mondayMs + 299_000)
    expect((await list()).body).toHaveProperty('punish')
    open.setNow(mondayMs + 301_000)
    expect((await list()).body).toHaveProperty('result')
  })
})

describe('the month of the organisation', () => {
  it('ends at its limit with 403 ApiCountLimitForOrg and comes back with the next month of Shanghai', async () => {
    await limit({ dingtalkCallsPerMonth: 2 })
    expect(await codes(3)).toEqual([undefined, undefined, 'Forbidden.AccessDenied.ApiCountLimitForOrg'])
    expect((await open.busy([12], '16T00:00', '17T00:00')).body['code']).toBe(
      'Forbidden.AccessDenied.ApiCountLimitForOrg',
    )
    open.setNow(at('31T23:59'))
    await open.sim('POST', 'tokens/expire')
    const token = String((await askToken()).body['accessToken'])
    expect((await list(token)).status).toBe(403)
    open.setNow(Date.parse('2026-04-01T00:00:00+08:00'))
    expect((await list(token)).status).toBe(200)
    expect(await open.spent()).toBe(1)
  })

  it('is 5,000 by default', async () => {
    const { body } = await open.sim('GET', 'state')
    expect(body['limits']).toMatchObject({ dingtalkCallsPerMonth: 5_000 })
  })

  it('counts failed calls, but neither throttled ones, nor tokens, nor contacts', async () => {
    await list()
    await open.call('GET', 'rooms/meetingRoomLists')
    expect(await open.spent()).toBe(2)
    await limit({ dingtalkCallsPerSecond: 2 })
    await codes(3)
    expect(await open.spent()).toBe(2)
    await askToken()
    await open.topapi('v2/user/get', { userid: 'chenlu' })
    await list('made-up')
    expect(await open.spent()).toBe(2)
  })

  it('spares failed calls when told so', async () => {
    await open.sim('PATCH', 'quirks', { sparesFailedCalls: true })
    await open.call('GET', 'rooms/meetingRoomLists')
    expect(await open.spent()).toBe(0)
    await list()
    expect(await open.spent()).toBe(1)
  })
})

describe('the call log', () => {
  it('counts calls, not addresses: ids of people and events must not scatter the counts', async () => {
    await open.busy([12], '16T00:00', '17T00:00')
    await open.calendar('POST', 'chenlu', 'meetingRooms/schedules/query', { body: {} })
    const { body } = await open.sim('GET', 'state')
    expect(body['calls']).toEqual({
      '/v1.0/oauth2/accessToken': 1,
      '/v1.0/calendar/users/:unionId/meetingRooms/schedules/query': 2,
    })
  })
})
