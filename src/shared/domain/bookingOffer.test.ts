import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BookingRules } from './booking.ts'
import { bookingFor, bookingOffer } from './bookingOffer.ts'
import { MINUTE_MS } from './duration.ts'
import { endOffer, extensionFor, extensionOffer } from './meetingOffer.ts'
import { occupiedRange } from './meeting.ts'
import type { Meeting } from './meeting.ts'
import type { LengthOffer, OfferRules } from './offer.ts'
import type { RoomSnapshot } from './roomSnapshot.ts'
import { meetingAt, MONDAY_10_MS, snapshotWith } from './testing/fixtures.ts'
import { createZone } from './zonedTime.ts'

const at = (minutes: number): number => MONDAY_10_MS + minutes * MINUTE_MS
const zone = createZone('Asia/Shanghai')
const rules: OfferRules = {
  zone,
  actions: { checkIn: 'anyone', book: 'anyone', extend: 'anyone', end: 'anyone' },
}
const everything = { canBook: true, extend: 'any', end: 'any', canRelease: true } as const
const anyMinute: BookingRules = {
  gridMinutes: null,
  minMinutes: 1,
  maxMinutes: null,
  latestEndMs: null,
  refusal: null,
}

function room(
  meetings: readonly Meeting[],
  bookingRules: Partial<BookingRules> = {},
  more: Partial<RoomSnapshot> = {},
): RoomSnapshot {
  const base = snapshotWith(meetings)
  return {
    ...base,
    room: { ...base.room, bookingRules: { ...anyMinute, ...bookingRules } },
    capabilities: { ...base.capabilities, actions: everything },
    freshness: { staleAtMs: at(2), unknownAtMs: at(600) },
    ...more,
  }
}

/** `30:0-30` for an offer, `30!taken` for a refusal; minutes from ten o'clock. */
const shown = (offers: readonly LengthOffer[]): string =>
  offers
    .map(({ minutes, offer }) => {
      const name = minutes ?? 'next'
      if (offer.kind === 'refused') return `${name}!${offer.reason}`
      return `${name}:${(offer.fromMs - at(0)) / MINUTE_MS}-${(offer.untilMs - at(0)) / MINUTE_MS}`
    })
    .join(' ')

describe('bookingOffer', () => {
  it.each([
    ['any minute, a meeting in 50', 0, {}, [meetingAt(50, 90)], '15:0-15 30:0-30 45:0-45 60!taken next:0-50'],
    [
      'seconds are cut to the minute',
      0.5,
      {},
      [meetingAt(30, 60)],
      '15:0-15 30:0-30 45!taken 60!taken next:0-30',
    ],
    ['nothing follows for long', 0, {}, [], '15:0-15 30:0-30 45:0-45 60:0-60 next!policy'],
    ['too small a gap', 0, {}, [meetingAt(4, 60)], '15!taken 30!taken 45!taken 60!taken next!taken'],
    [
      'minimum and maximum',
      0,
      { minMinutes: 30, maxMinutes: 45 },
      [meetingAt(60, 90)],
      '15!policy 30:0-30 45:0-45 60!policy next:0-45',
    ],
    ['how far ahead', 0, { latestEndMs: at(30) }, [], '15:0-15 30:0-30 45!policy 60!policy next!policy'],
    [
      'a grid widens what is asked for',
      10,
      { gridMinutes: 30, minMinutes: 30 },
      [meetingAt(60, 90)],
      '15:0-30 30:0-60 45!policy 60!taken next:0-60',
    ],
    [
      'a grid mark late by half a step',
      15,
      { gridMinutes: 30, minMinutes: 30 },
      [],
      '15:0-30 30:0-60 45!policy 60:0-90 next!policy',
    ],
    [
      'a grid mark too late moves on',
      16,
      { gridMinutes: 30, minMinutes: 30 },
      [],
      '15:30-60 30!policy 45:30-90 60!policy next!policy',
    ],
    [
      'the last meeting ended within the grid',
      10,
      { gridMinutes: 30 },
      [meetingAt(-30, 5)],
      '15:30-60 30!policy 45:30-90 60!policy next!policy',
    ],
  ] as const)('%s', (_name, nowMinutes, bookingRules, meetings, expected) => {
    expect(shown(bookingOffer(room(meetings, bookingRules), at(nowMinutes), rules))).toBe(expected)
  })

  it.each([
    ['no writes here', {}, { capabilities: snapshotWith([]).capabilities }, 'unsupported'],
    ['approval', { refusal: 'approval' }, {}, 'approval'],
    ['closed', {}, { closures: [{ fromMs: at(-10), untilMs: at(10), reason: null }] }, 'closed'],
    ['a meeting is on', {}, { meetings: [meetingAt(-10, 5)] }, 'taken'],
    ['never read', {}, { fetchedAtMs: null, horizon: null }, 'unknown'],
    ['read too long ago', {}, { freshness: { staleAtMs: 0, unknownAtMs: at(0) } }, 'unknown'],
    ['source broken', {}, { health: { kind: 'broken', reason: 'auth' } }, 'unknown'],
    [
      'a source that sees only some bookings',
      {},
      { evidence: { kind: 'occupancy', state: 'idle' } },
      'unknown',
    ],
  ] as const)('offers nothing where it cannot work: %s', (_name, bookingRules, more, reason) => {
    const offers = bookingOffer(room([], bookingRules, more), at(0), rules)
    expect(offers.map(({ offer }) => offer)).toEqual(offers.map(() => ({ kind: 'refused', reason })))
  })

  it('says off where the admin switched it off', () => {
    const off = { ...rules, actions: { ...rules.actions, book: 'off' as const } }
    expect(bookingFor(room([]), at(0), off, null, 15)).toEqual({ kind: 'refused', reason: 'off' })
  })

  it('asks a room without rules of its own whether it needs approval', () => {
    const { bookingRules: _bookingRules, ...bare } = room([]).room
    const open = room([], {}, { room: bare })
    expect(bookingFor(open, at(0), rules, null, 15).kind).toBe('offered')
    const guarded = room([], {}, { room: { ...bare, needsApproval: true } })
    expect(bookingFor(guarded, at(0), rules, null, 15)).toEqual({ kind: 'refused', reason: 'approval' })
  })

  it('keeps a later slot where it was asked for, or refuses it', () => {
    const grid = room([meetingAt(60, 90)], { gridMinutes: 30 })
    expect(shown([{ minutes: 30, offer: bookingFor(grid, at(5), rules, at(90), 30) }])).toBe('30:90-120')
    expect(bookingFor(grid, at(16), rules, at(0), 30)).toEqual({ kind: 'refused', reason: 'policy' })
    expect(bookingFor(grid, at(5), rules, at(839), 30)).toEqual({ kind: 'refused', reason: 'unknown' })
    expect(bookingFor(room([]), at(5), rules, at(0), 30)).toEqual({ kind: 'refused', reason: 'policy' })
  })
})

describe('extension and end', () => {
  const own = { ...everything, extend: 'own', end: 'own' } as const
  const running = meetingAt(-20, 10, { id: 'run' })

  it.each([
    ['nothing follows', {}, [], '15:-20-25 30:-20-40'],
    ['somebody follows', {}, [meetingAt(25, 60)], '15:-20-25 30!taken'],
    ['off the grid', { gridMinutes: 30 }, [], '15!policy 30!policy'],
    ['longer than the room allows', { maxMinutes: 45 }, [], '15:-20-25 30!policy'],
    ['approval', { refusal: 'approval' }, [], '15!approval 30!approval'],
  ] as const)('extends what fits: %s', (_name, bookingRules, others, expected) => {
    const offers = extensionOffer(room([running, ...others], bookingRules), 'run', at(0), rules)
    expect(shown(offers)).toBe(expected)
  })

  it.each([
    ['somebody else’s', { ...running, isOwn: false }, 'notOwn'],
    ['over', meetingAt(-30, 0, { id: 'run', isOwn: true }), 'gone'],
    ['released', { ...running, isOwn: true, state: 'released' as const }, 'gone'],
    ['not begun', meetingAt(10, 20, { id: 'run', isOwn: true }), 'policy'],
    ['pending', { ...running, isOwn: true, state: 'pending' as const }, 'policy'],
  ])('leaves alone what is %s', (_name, meeting, reason) => {
    const base = room([meeting])
    const snapshot = { ...base, capabilities: { ...base.capabilities, actions: own } }
    expect(extensionFor(snapshot, 'run', at(0), rules, 15)).toEqual({ kind: 'refused', reason })
    expect(endOffer(snapshot, 'run', at(0), rules)).toEqual({ kind: 'refused', reason })
  })

  it('ends a running meeting now, and nothing on a plan that is too old', () => {
    expect(endOffer(room([running]), 'run', at(0), rules)).toEqual({
      kind: 'offered',
      fromMs: at(0),
      untilMs: at(10),
    })
    const old = room([running], {}, { freshness: { staleAtMs: 0, unknownAtMs: at(0) } })
    expect(endOffer(old, 'run', at(0), rules)).toEqual({ kind: 'refused', reason: 'unknown' })
  })
})

const anyMeeting = fc
  .record({ start: fc.integer({ min: -90, max: 300 }), length: fc.integer({ min: 1, max: 120 }) })
  .map(({ start, length }) => meetingAt(start, start + length))
const anyRules = fc.record({
  gridMinutes: fc.constantFrom(null, 15, 30, 60),
  minMinutes: fc.constantFrom(1, 15, 30),
  maxMinutes: fc.constantFrom(null, 30, 90),
  latestEndMs: fc.constantFrom(null, at(120)),
})
const anyCase = fc.record({
  meetings: fc.array(anyMeeting, { maxLength: 4 }),
  bookingRules: anyRules,
  closure: fc.option(fc.integer({ min: 0, max: 200 })),
  nowMinutes: fc.integer({ min: 0, max: 240 * 60 }).map((seconds) => seconds / 60),
  later: fc.option(fc.integer({ min: -30, max: 300 })),
})

type Case = typeof anyCase extends fc.Arbitrary<infer T> ? T : never

function build({ meetings, bookingRules, closure }: Pick<Case, 'meetings' | 'bookingRules' | 'closure'>) {
  const closures = closure === null ? [] : [{ fromMs: at(closure), untilMs: at(closure + 40), reason: null }]
  return room(meetings, bookingRules, { closures })
}

describe('whatever the plan', () => {
  it('never offers a time that is occupied, closed, over, or against the rules', () => {
    let offered = 0
    fc.assert(
      fc.property(anyCase, (one) => {
        const snapshot = build(one)
        const nowMs = at(one.nowMinutes)
        const startMs = one.later === null ? null : at(one.later)
        for (const { offer } of bookingOffer(snapshot, nowMs, rules, startMs)) {
          if (offer.kind === 'refused') continue
          offered += 1
          const { fromMs, untilMs } = offer
          const meets = (range: { fromMs: number; untilMs: number } | null): boolean =>
            range !== null && range.fromMs < untilMs && fromMs < range.untilMs
          expect(snapshot.meetings.some((meeting) => meets(occupiedRange(meeting)))).toBe(false)
          expect(snapshot.closures.some(meets)).toBe(false)
          const { gridMinutes, minMinutes, maxMinutes, latestEndMs } = one.bookingRules
          const step = (gridMinutes ?? 1) * MINUTE_MS
          expect((fromMs - zone.startOfDay(fromMs)) % step).toBe(0)
          expect((untilMs - zone.startOfDay(untilMs)) % step).toBe(0)
          expect(untilMs - fromMs).toBeGreaterThanOrEqual(minMinutes * MINUTE_MS)
          expect(untilMs - fromMs).toBeLessThanOrEqual((maxMinutes ?? 1_440) * MINUTE_MS)
          expect(untilMs).toBeLessThanOrEqual(latestEndMs ?? Infinity)
          expect(untilMs).toBeGreaterThan(nowMs)
          expect(untilMs).toBeLessThanOrEqual(snapshot.horizon!.untilMs)
        }
      }),
      { numRuns: 500 },
    )
    // Refusing everything would pass all of the above.
    expect(offered).toBeGreaterThan(100)
  })

  it('offers no less when a meeting goes away', () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        const nowMs = at(one.nowMinutes)
        const startMs = one.later === null ? null : at(one.later)
        const before = build(one)
        const after = build({ ...one, meetings: one.meetings.slice(1) })
        for (const minutes of [15, 30, 45, 60]) {
          if (bookingFor(before, nowMs, rules, startMs, minutes).kind === 'refused') continue
          expect(bookingFor(after, nowMs, rules, startMs, minutes).kind).toBe('offered')
        }
      }),
      { numRuns: 500 },
    )
  })

  it('extends over nobody', () => {
    let offered = 0
    fc.assert(
      fc.property(anyCase, (one) => {
        const running = meetingAt(-30, 60, { id: 'run' })
        const others = one.meetings.filter(({ startMs }) => startMs >= at(60))
        const snapshot = build({ ...one, meetings: [running, ...others] })
        for (const { offer } of extensionOffer(snapshot, 'run', at(30), rules)) {
          if (offer.kind === 'refused') continue
          offered += 1
          expect(others.some(({ startMs, endMs }) => startMs < offer.untilMs && at(60) < endMs)).toBe(false)
        }
      }),
    )
    expect(offered).toBeGreaterThan(0)
  })
})
