import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { mondayMs, openSimulator, type OpenSimulator } from '../testing/openSimulator.ts'
import { hourMs, minuteMs } from '../world/shanghaiTime.ts'

let open: OpenSimulator
const closures = async () => (await open.sim('GET', 'state')).body['closures']

beforeEach(async () => {
  open = await openSimulator()
})
afterEach(() => open.close())

describe('/__sim/closures', () => {
  it('closes a room for an hour from now unless told otherwise, and opens it again', async () => {
    const { body } = await open.sim('POST', 'closures', { room: '西湖' })
    expect(body).toMatchObject({ roomId: 12, startMs: mondayMs, endMs: mondayMs + hourMs })
    expect(await closures()).toEqual([body])
    expect((await open.sim('DELETE', `closures/${String(body['id'])}`)).body).toEqual(body)
    expect(await closures()).toEqual([])
  })

  it('closes for ever', async () => {
    const { body } = await open.sim('POST', 'closures', { room: 12, startInMinutes: 5, forEver: true })
    expect(body).toMatchObject({ startMs: mondayMs + 5 * minuteMs, endMs: null })
  })

  it('is gone after a reset: what one test closed must not reach the next', async () => {
    await open.sim('POST', 'closures', { room: 12 })
    await open.sim('POST', 'reset', { seed: 'empty' })
    expect(await closures()).toEqual([])
  })
})

describe('bad input', () => {
  it.each([
    ['POST', 'closures', {}, 'room'],
    ['POST', 'closures', { room: 12, raeson: 'typo' }, 'raeson'],
    ['POST', 'closures', { room: 12, forEver: true, durationMinutes: 5 }, 'durationMinutes'],
    ['POST', 'bookings', { room: 12, timeZone: 'Mars' }, 'timeZone'],
    ['POST', 'bookings', { room: 12, private: 'yes' }, 'private'],
    ['PATCH', 'rooms/12', { minMinutes: -1 }, 'minMinutes'],
    ['PATCH', 'rooms/12', { allowsRepeating: 1 }, 'allowsRepeating'],
    ['PATCH', 'app', { scopes: ['Everything'] }, 'scopes'],
    ['PATCH', 'limits', { dingtalkCallsPerMonth: 'many' }, 'dingtalkCallsPerMonth'],
    ['PATCH', 'quirks', { tellsInstanceIds: 'yes' }, 'tellsInstanceIds'],
    ['POST', 'faults', { kind: 'errcode', errcode: true }, 'errcode'],
    ['POST', 'faults', { kind: 'errcode', errcode: 'x', status: 42 }, 'status'],
    ['POST', 'faults', { kind: 'roomError' }, 'meetingroomId'],
  ])('%s %s %j is 400 and names %s', async (method, path, body, field) => {
    expect(await open.sim(method, path, body)).toMatchObject({ status: 400, body: { field } })
  })

  it('is 404 for a closure that is not there', async () => {
    expect((await open.sim('DELETE', 'closures/none')).status).toBe(404)
  })
})

describe('/__sim/state', () => {
  it('tells DingTalk’s ids and neither its secret nor its tokens', async () => {
    const answer = await fetch(
      `${open.url}/gettoken?appkey=ding-simulator-app&appsecret=simulator-secret-dingtalk`,
    )
    const { access_token: token } = (await answer.json()) as { access_token: string }
    const { body } = await open.sim('GET', 'state')
    expect(body['dingtalk']).toMatchObject({ corpId: 'dingsimulatorcorp', callsThisMonth: 0 })
    expect(JSON.stringify(body)).not.toContain('simulator-secret-dingtalk')
    expect(JSON.stringify(body)).not.toContain(token)
  })
})
