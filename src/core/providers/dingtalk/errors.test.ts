import { describe, expect, it } from 'vitest'
import { HOUR_MS } from '../../../shared/domain/duration.ts'
import { isApiWide } from '../isApiWide.ts'
import { createVendorErrorOf, isHidden, isIdRefused, isTokenRefused, missLifeMs } from './errors.ts'

const NOW_MS = Date.parse('2026-03-31T23:30:00+08:00')
const vendorErrorOf = createVendorErrorOf(() => NOW_MS)
const DENIED = 'Forbidden.AccessDenied.'
const refusal = (code: string, more: object = {}) => {
  const error = vendorErrorOf({ code, requestid: 'R-1', message: 'sentinel 并购谈判', ...more }, 'call')
  if (!error) throw new Error('no refusal')
  return error
}

describe('codes of the new API', () => {
  it.each([
    ['InvalidAuthentication', 'auth', undefined],
    ['invalidClientIdOrSecret', 'auth', 600_000],
    ['invalid_client', 'auth', 600_000],
    ['org.not.found', 'auth', undefined],
    [`${DENIED}AccessTokenPermissionDenied`, 'permission', undefined],
    [`${DENIED}SomethingNew`, 'permission', undefined],
    [`${DENIED}IpNotInWhiteList`, 'ipNotAllowed', undefined],
    [`${DENIED}QpsLimitForAppkeyAndApi`, 'rateLimited', 2000],
    [`${DENIED}QpmLimitForAppkeyAndApi`, 'rateLimited', 60_000],
    [`${DENIED}QpsLimitForApi`, 'rateLimited', 4000],
    [`${DENIED}ApiCountLimitForOrg`, 'quota', undefined],
    ['system.busy', 'rateLimited', 5000],
    ['systemBusy', 'rateLimited', 5000],
    ['Throttling.User', 'rateLimited', 5000],
    ['flowLimit', 'rateLimited', 3_600_000],
    ['param.error', 'badResponse', undefined],
    ['invalidParameter', 'badResponse', undefined],
    ['InvalidParameter.ParsedISO8601TimestampError', 'badResponse', undefined],
    ['Missingbody', 'badResponse', undefined],
    ['user.not.employee', 'permission', undefined],
    ['permissionDeny', 'permission', undefined],
    ['permissionDenied', 'permission', undefined],
    ['room.not.found', 'notFound', undefined],
    ['itemNotFound', 'notFound', undefined],
    ['instanceNotExist', 'notFound', undefined],
    ['meetingRoomNotAvailable', 'server', undefined],
    ['idempotencyProcessing', 'server', 1000],
    ['system.error', 'server', undefined],
    ['unknownError', 'server', undefined],
    ['group.query.error', 'server', undefined],
    ['service.timeout', 'server', undefined],
    ['somethingNew', 'badResponse', undefined],
  ] as const)('%s is %s', (code, kind, retryAfterMs) => {
    const { kind: found, details, message } = refusal(code)
    expect([found, details.vendorCode, details.retryAfterMs]).toEqual([kind, code, retryAfterMs])
    expect(message).not.toContain('sentinel')
  })

  it('a spent month comes back with the next one, in Beijing', () => {
    const { details } = refusal(`${DENIED}ApiCountLimitForOrg`)
    expect(details.resumesAtMs).toBe(Date.parse('2026-04-01T00:00:00+08:00'))
  })

  it('names the permissions that are missing', () => {
    const accessdenieddetail = { requiredScopes: ['Calendar.Event.Read', 'qyapi_get_member'] }
    const { details } = refusal(`${DENIED}AccessTokenPermissionDenied`, { accessdenieddetail })
    expect(details.missingPermission).toBe('Calendar.Event.Read, qyapi_get_member')
  })

  it('a throttle is one even with scopes beside it: told to grant a permission, an admin would look in vain', () => {
    const accessdenieddetail = { requiredScopes: ['Calendar.Event.Read'] }
    const error = refusal(`${DENIED}QpsLimitForAppkeyAndApi`, { accessdenieddetail })
    expect([error.kind, error.details.missingPermission]).toEqual(['rateLimited', undefined])
  })

  it('takes the refused address out of the text, where it stands there', () => {
    const message = '访问ip 203.0.113.20 不在白名单之中'
    expect(refusal(`${DENIED}IpNotInWhiteList`, { message }).details.refusedAddress).toBe('203.0.113.20')
    expect(refusal(`${DENIED}IpNotInWhiteList`).details.refusedAddress).toBeUndefined()
  })

  it('an id that is none is told apart from a bug of ours, where the vendor says so', () => {
    expect(refusal('invalidParameter', { message: 'roomId invalid' }).kind).toBe('notFound')
    expect(refusal('invalidParameter', { message: 'query ids cannot be empty' }).kind).toBe('badResponse')
  })

  it('a code that looks like no code stays out of the log', () => {
    expect(refusal('和王总谈价格').details.vendorCode).toBe('code of an unknown form')
  })
})

describe('codes of the old API', () => {
  it.each([
    [-1, 'server'],
    [40014, 'auth'],
    [42001, 'auth'],
    [33012, 'notFound'],
    [60121, 'notFound'],
    [50002, 'permission'],
    [60011, 'permission'],
    [60020, 'ipNotAllowed'],
    [90002, 'rateLimited'],
    [90018, 'rateLimited'],
    [90020, 'quota'],
    [400002, 'badResponse'],
    [4711, 'badResponse'],
  ] as const)('%d is %s, as a number and as a text', (errcode, kind) => {
    for (const written of [errcode, String(errcode)])
      expect(vendorErrorOf({ errcode: written, errmsg: 'x' }, 'call')?.kind).toBe(kind)
  })

  it.each([0, '0'])('%j is success', (errcode) => {
    expect(vendorErrorOf({ errcode, errmsg: 'ok', result: {} }, 'call')).toBeNull()
  })

  it('behind 88 stands the real code', () => {
    const error = vendorErrorOf({ errcode: 88, sub_code: '42001', sub_msg: 'x' }, 'call')
    expect([error?.kind, error?.details.vendorCode]).toEqual(['auth', '42001'])
    expect(isTokenRefused(vendorErrorOf({ errcode: 88 }, 'call'))).toBe(true)
  })
})

describe('what is no refusal, and what has no code', () => {
  it.each([[{ hasMore: false }], [[]], [null], ['text'], [7]])('%j is none', (body) => {
    expect(vendorErrorOf(body, 'call')).toBeNull()
  })

  it('a code that is a number is odd, not success', () => {
    expect(vendorErrorOf({ code: 7 }, 'call')?.kind).toBe('badResponse')
  })

  it('an address shut out by the firewall waits five minutes', () => {
    const banned = { status: 1111, wait: 5, source: 'x5', punish: 'deny', uuid: 'u' }
    expect(vendorErrorOf(banned, 'call')).toMatchObject({
      kind: 'rateLimited',
      details: { vendorCode: '1111', retryAfterMs: 300_000 },
    })
  })
})

it('reactions follow from the refusal', () => {
  expect(isTokenRefused(refusal('InvalidAuthentication'))).toBe(true)
  expect(isTokenRefused(refusal('invalidClientIdOrSecret'))).toBe(false)
  expect(isIdRefused(refusal('invalidParameter'))).toBe(true)
  expect(isIdRefused(refusal('InvalidParameter.ParsedISO8601TimestampError'))).toBe(false)
  expect([missLifeMs(refusal('permissionDeny')), isHidden(refusal('permissionDeny'))]).toEqual([
    4 * HOUR_MS,
    true,
  ])
  expect(missLifeMs(refusal(`${DENIED}AccessTokenPermissionDenied`))).toBeNull()
  expect(
    ['system.error', 'itemNotFound', 'invalidParameter'].map((code) => isApiWide(refusal(code))),
  ).toEqual([false, false, false])
  expect(isApiWide(refusal(`${DENIED}ApiCountLimitForOrg`))).toBe(true)
})
