import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { at, eventPath, openDingtalk, type OpenDingtalk } from '../../testing/openDingtalk.ts'
import { mondayMs } from '../../testing/openSimulator.ts'
import { unionIdOf } from './vendorIds.ts'

let open: OpenDingtalk
let eventId: string
const call = (method: string, userId: string, rest: string, query: Record<string, string> = {}) =>
  open.calendar(method, userId, eventPath(eventId, `/${rest}`), { query })

beforeEach(async () => {
  open = await openDingtalk()
  await open.sim('POST', 'bookings', {
    room: 12,
    startMs: at('16T10:00'),
    booker: 'wangbo',
    attendees: ['chenlu', 'liyan'],
  })
  eventId = String((await open.items(12))[0]!['eventId'])
})
afterEach(() => open.close())

describe('sign-in', () => {
  it('gives the organiser the link of a QR code, though reading is not enough for it', async () => {
    const { body } = await call('GET', 'wangbo', 'signInLinks')
    expect(body['signInLink']).toMatch(/^http:\/\/qr\.dingtalk\.com\/page\/dingcheckin\?isNew=1&code=/)
    expect((await call('GET', 'wangbo', 'signOutLinks')).body).toHaveProperty('signOutLink')
    expect((await call('GET', 'chenlu', 'signInLinks')).body['code']).toBe('permissionDenied')
    await open.sim('PATCH', 'app', { scopes: ['Calendar.Event.Read'] })
    expect((await call('GET', 'wangbo', 'signInLinks')).status).toBe(403)
  })

  it('takes no body, keeps the first moment and shows who came: somebody there means no release', async () => {
    expect((await call('GET', 'wangbo', 'signin', { type: 'sign_in', maxResults: '1' })).body).toEqual({
      users: [],
    })
    expect((await call('POST', 'chenlu', 'signin')).body).toEqual({ checkInTime: mondayMs })
    open.setNow(mondayMs + 60_000)
    expect((await call('POST', 'chenlu', 'signin')).body).toEqual({ checkInTime: mondayMs })
    expect((await call('GET', 'wangbo', 'signin', { type: 'sign_in', maxResults: '1' })).body).toEqual({
      users: [{ userId: unionIdOf('chenlu'), displayName: '陈璐', checkInTime: mondayMs }],
    })
  })

  it('lists who has not come yet, page by page', async () => {
    await call('POST', 'chenlu', 'signin')
    const query = { type: 'not_yet_sign_in', maxResults: '1' }
    const first = await call('GET', 'wangbo', 'signin', query)
    expect(first.body).toMatchObject({ users: [{ displayName: '王博' }], nextToken: '1' })
    const second = await call('GET', 'wangbo', 'signin', { ...query, nextToken: '1' })
    expect(second.body).toEqual({ users: [{ userId: unionIdOf('liyan'), displayName: '李妍' }] })
  })

  it('is for people of the event, and says how many it may list', async () => {
    expect((await call('POST', 'zhaomin', 'signin')).body['code']).toBe('notInEvent')
    expect((await call('GET', 'wangbo', 'signin', { type: 'sign_in' })).body['code']).toBe('invalidParameter')
    expect((await call('GET', 'wangbo', 'signin', { type: 'all', maxResults: '1' })).body['code']).toBe(
      'invalidParameter',
    )
  })

  it('and sign-out are spelt differently', async () => {
    expect((await call('POST', 'chenlu', 'signOut')).body).toEqual({ checkOutTime: mondayMs })
    const out = await call('GET', 'wangbo', 'signOut', { type: 'sign_out', maxResults: '500' })
    expect(out.body['users']).toMatchObject([{ checkOutTime: mondayMs }])
    const wrong = await fetch(
      `${open.url}/v1.0/calendar/users/${unionIdOf('chenlu')}/${eventPath(eventId, '/signout')}`,
      { method: 'POST' },
    )
    expect(wrong.status).toBe(404)
  })
})
