import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { mondayMs, openSimulator, type OpenSimulator } from '../testing/openSimulator.ts'
import { minuteMs } from '../world/shanghaiTime.ts'

let open: OpenSimulator

beforeEach(async () => {
  open = await openSimulator()
})
afterEach(() => open.close())

describe('bad control input', () => {
  it.each([
    ['POST', 'bookings', {}, 'room'],
    ['POST', 'bookings', { room: 'no such room' }, 'room'],
    ['POST', 'bookings', { room: 12, durationMinutes: '30' }, 'durationMinutes'],
    ['POST', 'bookings', { room: 12, startMs: 1, startInMinutes: 1 }, 'startInMinutes'],
    ['POST', 'bookings', { room: 12, startMs: mondayMs, endMs: mondayMs - 1 }, 'endMs'],
    ['POST', 'bookings', { room: 12, status: 'busy' }, 'status'],
    ['POST', 'bookings', { room: 12, subjct: 'typo' }, 'subjct'],
    ['POST', 'meetings', { subject: 'x' }, 'meetingRoomId'],
    ['POST', 'meetings', { meetingRoomId: '404' }, 'meetingRoomId'],
    ['POST', 'faults', {}, 'kind'],
    ['POST', 'faults', { kind: 'delay' }, 'ms'],
    ['POST', 'faults', { kind: 'drop', ms: 5 }, 'ms'],
    ['POST', 'faults', { kind: 'drop', times: 0 }, 'times'],
    ['POST', 'clock', {}, 'skewMs or advanceMs'],
    ['POST', 'clock', { skewMs: 'x' }, 'skewMs'],
    ['POST', 'reset', { seed: 'night' }, 'seed'],
    ['POST', 'ipAllowList', {}, 'ips'],
    ['PATCH', 'devices/300417', { status: 'in use' }, 'status'],
    ['PATCH', 'rooms/12', { id: 13 }, 'id'],
    ['PATCH', 'quirks', { unheardOf: true }, 'unheardOf'],
    ['PATCH', 'limits', { perMinute: 'many' }, 'perMinute'],
    ['PATCH', 'app', { grants: ['everything'] }, 'grants'],
    ['POST', 'bookings', ['a list'], 'the body'],
  ])('%s %s %j is 400 and names %s', async (method, path, body, field) => {
    const answer = await open.sim(method, path, body)
    expect(answer).toMatchObject({
      status: 400,
      body: { field, error: expect.stringContaining(field) as string },
    })
  })

  it('is 400 for broken JSON and 404 for what is not there', async () => {
    const broken = await fetch(`${open.url}/__sim/bookings`, { method: 'POST', body: '{' })
    expect(broken.status).toBe(400)
    for (const path of ['bookings/none', 'meetings/none', 'faults/none'])
      expect((await open.sim('DELETE', path)).status).toBe(404)
    for (const path of ['bookings/none', 'meetings/none', 'rooms/404', 'devices/404', 'people/nobody'])
      expect((await open.sim('PATCH', path, {})).status).toBe(404)
  })

  it('changes nothing when it is refused', async () => {
    await open.sim('POST', 'clock', { skewMs: 1000, advanceMs: 'x' })
    expect((await open.sim('GET', 'state')).body['clock']).toEqual({ skewMs: 0, advancedMs: 0 })
  })
})

describe('/__sim/bookings', () => {
  it('adds with defaults: an hour from now, by a person', async () => {
    const { body } = await open.sim('POST', 'bookings', { room: '3F-西湖' })
    expect(body).toMatchObject({
      roomId: 12,
      roomName: '西湖',
      startMs: mondayMs,
      endMs: mondayMs + 60 * minuteMs,
      status: 'booked',
      ownApp: false,
      masterId: null,
    })
  })

  it('makes a whole local day of allDay', async () => {
    const { body } = await open.sim('POST', 'bookings', { room: 12, allDay: true })
    expect([body['startMs'], body['endMs']]).toEqual([
      Date.parse('2026-03-16T00:00+08:00'),
      Date.parse('2026-03-17T00:00+08:00'),
    ])
  })

  it('moves a booking with its length, and its calendar entry along', async () => {
    const { body } = await open.sim('POST', 'bookings', { room: 12, durationMinutes: 45 })
    const moved = await open.sim('PATCH', `bookings/${String(body['id'])}`, { startInMinutes: 30 })
    const startMs = mondayMs + 30 * minuteMs
    expect(moved.body).toMatchObject({ id: body['id'], startMs, endMs: startMs + 45 * minuteMs })
    expect((await open.sim('GET', 'state')).body['schedules']).toMatchObject([
      { id: body['scheduleId'], startMs },
    ])
  })

  it('cancels, and removes for good with purge=1', async () => {
    const { body } = await open.sim('POST', 'bookings', { room: 12 })
    const id = String(body['id'])
    expect((await open.sim('DELETE', `bookings/${id}`)).body).toMatchObject({ status: 'cancelled' })
    await open.sim('DELETE', `bookings/${id}?purge=1`)
    expect((await open.sim('GET', 'state')).body['bookings']).toEqual([])
  })
})

describe('/__sim/clock, tokens, reset, state', () => {
  it('moves the Date header by skew and advance together; skew is set, advance adds up', async () => {
    await open.sim('POST', 'clock', { skewMs: 5_000 })
    await open.sim('POST', 'clock', { skewMs: -60_000, advanceMs: 10_000 })
    const { body } = await open.sim('POST', 'clock', { advanceMs: 10_000 })
    expect(body).toEqual({ now: mondayMs - 40_000, skewMs: -60_000, advancedMs: 20_000 })
    const response = await fetch(`${open.url}/cgi-bin/gettoken`)
    expect(response.headers.get('date')).toBe(new Date(mondayMs - 40_000).toUTCString())
  })

  it('starts over: what one test did must not reach the next', async () => {
    await open.token()
    await open.sim('POST', 'faults', { kind: 'drop' })
    await open.sim('POST', 'clock', { skewMs: 1 })
    await open.sim('PATCH', 'quirks', { listsCancelled: true })
    await open.sim('PATCH', 'limits', { perMinute: 1 })
    await open.sim('POST', 'ipAllowList', { ips: [] })
    await open.sim('PATCH', 'rooms/12', { name: 'other' })
    await open.sim('POST', 'bookings', { room: 13 })
    const fresh = await openSimulator()
    await open.sim('POST', 'reset', { seed: 'empty' })
    expect((await open.sim('GET', 'state')).body).toEqual((await fresh.sim('GET', 'state')).body)
    await fresh.close()
    expect((await open.post('oa/meetingroom/list')).errcode).toBe(40014)
  })

  it('shows neither the secret nor a token', async () => {
    const token = await open.token()
    const text = JSON.stringify((await open.sim('GET', 'state')).body)
    expect(text).not.toContain('simulator-secret-wecom')
    expect(text).not.toContain(token)
  })

  it('works without a body and under any content type, as curl sends it', async () => {
    const response = await fetch(`${open.url}/__sim/tokens/expire`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(response.status).toBe(200)
  })
})
