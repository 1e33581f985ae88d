import { describe, expect, it } from 'vitest'
import { ProviderError } from '../ProviderError.ts'
import { exposedText } from '../testing/exposedText.ts'
import {
  asUnknownRoom,
  stopsOthers,
  isNobody,
  isTooWide,
  isTokenRefused,
  vendorErrorOf,
  wecomSwitches,
} from './errors.ts'

const LIST = 'oa/meetingroom/get_booking_info'
const refused = (errcode: number, name = LIST, errmsg = 'refused'): ProviderError => {
  const error = vendorErrorOf({ errcode, errmsg }, name)
  if (!error) throw new Error(`${errcode} was read as success`)
  return error
}

describe('vendorErrorOf', () => {
  it.each([[{ errcode: 0, errmsg: 'ok' }], [{ booking_list: [] }], [{ errcode: 0 }]])('success: %j', (body) =>
    expect(vendorErrorOf(body, LIST)).toBeNull(),
  )

  it.each([[{ errcode: '40014' }], [{ errcode: null }], [{ errcode: 1.5 }]])(
    'an odd envelope is no success: %j',
    (body) => expect(vendorErrorOf(body, LIST)?.kind).toBe('badResponse'),
  )

  // Every code of D:90313 that our calls may meet, in the order of the reactions they ask for.
  it.each([
    [-1, 'server'],
    [6000, 'server'],
    [45035, 'server'],
    [40014, 'auth'],
    [42001, 'auth'],
    [41001, 'badResponse'],
    [40001, 'auth'],
    [40013, 'auth'],
    [40091, 'auth'],
    [41002, 'auth'],
    [41004, 'auth'],
    [40003, 'notFound'],
    [60111, 'notFound'],
    [46004, 'notFound'],
    [40035, 'badResponse'],
    [40058, 'badResponse'],
    [40063, 'badResponse'],
    [45009, 'rateLimited'],
    [45033, 'rateLimited'],
    [45036, 'server'],
    [45029, 'server'],
    [48001, 'permission'],
    [48002, 'permission'],
    [48004, 'permission'],
    [48006, 'permission'],
    [48005, 'badResponse'],
    [48009, 'permission'],
    [48010, 'tls'],
    [50002, 'permission'],
    [50003, 'permission'],
    [50006, 'permission'],
    [60031, 'permission'],
    [50100, 'badResponse'],
    [60011, 'permission'],
    [60021, 'permission'],
    [60030, 'permission'],
    [60020, 'ipNotAllowed'],
    [301042, 'ipNotAllowed'],
    [90457, 'notFound'],
    [90458, 'notFound'],
    [90459, 'notFound'],
    [90460, 'notFound'],
    [90461, 'notFound'],
    [90462, 'notFound'],
    [90466, 'permission'],
    [90472, 'permission'],
    [90477, 'permission'],
    [90479, 'permission'],
    [90498, 'permission'],
    [90499, 'permission'],
    [90700, 'permission'],
    [90711, 'notFound'],
    [90602, 'notFound'],
    [730005, 'notFound'],
    [730008, 'notFound'],
    [730010, 'notFound'],
    [400028, 'permission'],
    [680106, 'permission'],
    [730007, 'permission'],
    [730011, 'permission'],
    [301007, 'permission'],
    [987654, 'badResponse'],
  ] as const)('%d is %s', (code, kind) => {
    const error = refused(code)
    expect([error.kind, error.details.vendorCode]).toEqual([kind, String(code)])
  })

  it.each([
    [
      'not allow to access from your ip, hint: [1], from ip: 203.0.113.20, more info at https://x',
      '203.0.113.20',
    ],
    ['from ip: 2001:db8::17, more info', '2001:db8::17'],
    ['a text that changed', undefined],
  ])('finds the refused address: %s', (errmsg, address) => {
    expect(refused(60020, LIST, errmsg).details.refusedAddress).toBe(address)
  })

  it('takes an address from no other refusal', () => {
    expect(refused(48002, LIST, 'from ip: 203.0.113.20').details.refusedAddress).toBeUndefined()
  })

  it.each([
    [LIST, 48002, wecomSwitches.officeRooms],
    ['meeting/rooms/list_meetings', 48002, wecomSwitches.meetings],
    ['user/get', 48002, wecomSwitches.visibleRange],
    ['meeting/rooms/list', 730007, wecomSwitches.advancedMeetings],
    [LIST, 60021, wecomSwitches.visibleRange],
    [LIST, 50003, wecomSwitches.app],
    [LIST, 40014, undefined],
  ])('%s %d names the switch to set', (name, code, expected) => {
    expect(refused(code, name).details.missingPermission).toBe(expected)
  })

  it('waits a minute after a rate limit, an hour when the token call itself is blocked', () => {
    expect(refused(45009).details.retryAfterMs).toBe(60_000)
    expect(refused(45009, 'gettoken').details.retryAfterMs).toBe(3_600_000)
  })

  it('keeps the vendor’s text out: it may echo what we sent', () => {
    const error = refused(40001, 'gettoken', 'invalid credential sentinel-secret')
    expect(exposedText(error)).not.toContain('sentinel-secret')
  })
})

describe('what a refusal means for the calls after it', () => {
  it('a refused token is renewed, another auth refusal is not', () => {
    expect([40014, 42001, 40001, 40013, 48002].map((code) => isTokenRefused(refused(code)))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ])
  })

  it('what one room or one answer suffers must not starve the others', () => {
    const alone = [60111, 60021, 40058, 90711, -1, 45029].map((code) => refused(code))
    const all = [40001, 48002, 60020, 45009, 730007].map((code) => refused(code))
    expect(alone.map(stopsOthers)).toEqual(alone.map(() => false))
    expect(all.map(stopsOthers)).toEqual(all.map(() => true))
    expect(stopsOthers(new ProviderError('network', 'gone'))).toBe(true)
  })

  it('a person who cannot be told is told from an app that may not ask', () => {
    expect([60111, 40003, 60011, 48002, -1].map((code) => isNobody(refused(code, 'user/get')))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ])
  })

  it('a place too large to tell is asked for room by room', () => {
    expect([45029, 45036, 40058, 45009].map((code) => isTooWide(refused(code)))).toEqual([
      true,
      true,
      true,
      false,
    ])
  })

  it('a question refused for its room’s id is a room not found', () => {
    expect([asUnknownRoom(refused(40058)).kind, asUnknownRoom(refused(60021)).kind]).toEqual([
      'notFound',
      'permission',
    ])
  })
})
