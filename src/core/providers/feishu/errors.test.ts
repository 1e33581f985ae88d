import { describe, expect, it } from 'vitest'
import { exposedText } from '../testing/exposedText.ts'
import { isApiWide } from '../isApiWide.ts'
import {
  BOT_ABILITY,
  createVendorErrorOf,
  isAnswered,
  isTokenRefused,
  MEETING_ADMIN_RIGHT,
} from './errors.ts'

const NOW_MS = Date.parse('2026-12-31T23:59:00+08:00')
const vendorErrorOf = createVendorErrorOf(() => NOW_MS)
const noHeaders = (): null => null
const refused = (code: number, more: object = {}) =>
  vendorErrorOf({ code, msg: 'text', ...more }, 'vc/v1/rooms', noHeaders)

describe('codes of the platform', () => {
  it.each([
    [[10003, 10005, 10012, 10013, 10014, 10015, 20002, 99991543], 'auth'],
    [[99991661, 99991662, 99991663, 99991664, 99991665, 99991668, 99991671, 99991673, 99991677], 'auth'],
    [[99991672, 99991676, 99991679, 121005, 121002], 'permission'],
    [[190007, 191002, 191003, 191004, 193002, 194001, 194002, 194003, 195100], 'permission'],
    [[105003, 126001, 191000, 191001, 193000, 193001, 193003, 194000], 'notFound'],
    [[190002, 190014, 194004], 'badResponse'],
    [[190006], 'auth'],
    [[99991401], 'ipNotAllowed'],
    [[99991400, 1000004, 1000005, 190004, 190005, 190010], 'rateLimited'],
    [[99991403], 'quota'],
    [[2200, 105001, 121001, 190003], 'server'],
    [[100005, 121004], 'notFound'],
    [[100003, 105002, 121003, 126005, 126006, 99991201, 99991301], 'badResponse'],
    [[-1, 1, 424242], 'badResponse'],
  ])('%s are %s', (codes, kind) => {
    for (const code of codes) {
      expect([code, refused(code)?.kind, refused(code)?.details.vendorCode]).toEqual([
        code,
        kind,
        String(code),
      ])
    }
  })

  it('success is code 0 alone, whatever the text says; a body without a code is left to others', () => {
    expect(vendorErrorOf({ code: 0, msg: 'error' }, 'x', noHeaders)).toBeNull()
    expect(vendorErrorOf({ msg: 'success' }, 'x', noHeaders)).toBeNull()
    expect(vendorErrorOf({ code: '0' }, 'x', noHeaders)).toBeNull()
    expect(vendorErrorOf(null, 'x', noHeaders)).toBeNull()
    expect(vendorErrorOf({ code: 99991400, msg: 'success' }, 'x', noHeaders)?.kind).toBe('rateLimited')
  })

  it('a spent month comes back with the next one, by the vendor’s calendar', () => {
    expect(refused(99991403)?.details.resumesAtMs).toBe(Date.parse('2027-01-01T00:00:00+08:00'))
  })

  it.each([
    ['7', 7000],
    ['0', 1000],
    ['999999999', 3_600_000],
    ['soon', 60_000],
    [null, 60_000],
  ])('the header x-ogw-ratelimit-reset %s is a pause of %d ms', (reset, pauseMs) => {
    const header = (name: string): string | null => (name === 'x-ogw-ratelimit-reset' ? reset : null)
    expect(vendorErrorOf({ code: 99991400, msg: '' }, 'x', header)?.details.retryAfterMs).toBe(pauseMs)
  })
})

describe('what an admin must grant', () => {
  const violations = (...subjects: unknown[]) => ({
    error: { permission_violations: subjects.map((subject) => ({ type: 'action_scope_required', subject })) },
  })

  it.each([
    ['the only one', violations('calendar:room:readonly'), 'calendar:room:readonly'],
    ['the narrowest of several', violations('vc:room', 'vc:room:readonly'), 'vc:room:readonly'],
    [
      'a part before the whole',
      violations('calendar:calendar', 'calendar:calendar:readonly', 'calendar:calendar.event:read'),
      'calendar:calendar.event:read',
    ],
    [
      'out of the text where the list is missing',
      { msg: 'One of [vc:room, vc:room:readonly] is required' },
      'vc:room:readonly',
    ],
    ['no text that is no scope', violations('<script>', 'Lin Mei'), undefined],
    ['nothing where nothing is told', {}, undefined],
    ['nothing where the list is odd', { error: { permission_violations: 7 } }, undefined],
  ])('%s', (_name, more, scope) => {
    expect(refused(99991672, more)?.details.missingPermission).toBe(scope)
  })

  it('121005 is no scope but a right of the app’s creator', () => {
    expect(refused(121005)?.details.missingPermission).toBe(MEETING_ADMIN_RIGHT)
  })

  it('190007 is no scope but an ability of the app', () => {
    expect(refused(190007)?.details.missingPermission).toBe(BOT_ABILITY)
  })

  it('a refused address is handed out ready to paste, and nothing else of the text', () => {
    const error = vendorErrorOf(
      { code: 99991401, msg: 'ip 203.0.113.20 is denied by app setting; secret-sentinel' },
      'x',
      noHeaders,
    )
    expect(error?.details.refusedAddress).toBe('203.0.113.20')
    expect(exposedText(error)).not.toContain('secret-sentinel')
  })
})

it('one fresh token is tried for a refused one, not for a refused app', () => {
  expect([99991663, 99991671, 99991662, 10015].map((code) => isTokenRefused(refused(code)))).toEqual([
    true,
    true,
    false,
    false,
  ])
})

it('a room that always fails does not stop its siblings; a throttle does', () => {
  const isWide = (code: number): boolean => {
    const error = refused(code)
    return error !== null && isApiWide(error)
  }
  expect([100005, 105001, 121003].map(isWide)).toEqual([false, false, false])
  expect([99991400, 99991403, 99991672, 99991663].map(isWide)).toEqual([true, true, true, true])
})

it('a no in words is the platform’s own; its internal error leaves open what was done', () => {
  const isNo = (code: number): boolean => {
    const error = refused(code)
    return error !== null && isAnswered(error)
  }
  expect([105003, 194000, 424242, 105001, 190003].map(isNo)).toEqual([true, true, true, false, false])
})
