import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasKnownTimes, occupiedRange } from './meeting.ts'
import type { Meeting, MeetingState } from './meeting.ts'
import type { Health, RoomSnapshot } from './roomSnapshot.ts'
import { canProveFree, checkInTimes, isStale, nextStatusChange, roomStatus } from './roomStatus.ts'
import type { RoomStatus } from './roomStatus.ts'
import { defaultStatusRules } from './statusRules.ts'
import type { StatusRules } from './statusRules.ts'
import { meetingAt, MONDAY_10_MS, snapshotWith } from './testing/fixtures.ts'

const MINUTE = 60_000
const at = (minutes: number): number => MONDAY_10_MS + minutes * MINUTE
/** Rules under which our own button asks for check-ins. */
const localCheckIn: StatusRules = {
  ...defaultStatusRules,
  checkIn: { ...defaultStatusRules.checkIn, mode: 'local' },
}
const kindAt = (snapshot: RoomSnapshot, minutes: number, rules = defaultStatusRules): RoomStatus['kind'] =>
  roomStatus(snapshot, at(minutes), rules).kind

describe('roomStatus: the table', () => {
  const cases: readonly [
    name: string,
    snapshot: RoomSnapshot,
    minutes: number,
    expected: RoomStatus['kind'],
    rules?: StatusRules,
  ][] = [
    ['an empty, fresh plan is free', snapshotWith([]), 0, 'free'],
    ['a meeting that covers now is busy', snapshotWith([meetingAt(-10, 30)]), 0, 'busy'],
    ['a meeting that starts now is busy', snapshotWith([meetingAt(0, 30)]), 0, 'busy'],
    ['a meeting that ends now no longer counts', snapshotWith([meetingAt(-30, 0)]), 0, 'free'],
    ['a meeting within ten minutes is soon', snapshotWith([meetingAt(10, 30)]), 0, 'soon'],
    ['a meeting just beyond ten minutes is not', snapshotWith([meetingAt(10.01, 30)]), 0, 'free'],
    ['a pending booking is pending', snapshotWith([meetingAt(-5, 30, { state: 'pending' })]), 0, 'pending'],
    [
      'a booked meeting outranks a pending one that began earlier',
      snapshotWith([meetingAt(-20, 30, { state: 'pending' }), meetingAt(-5, 30)]),
      0,
      'busy',
    ],
    ['an unknown vendor state is busy', snapshotWith([meetingAt(-5, 30, { state: 'unknown' })]), 0, 'busy'],
    ['a tentative one is busy', snapshotWith([meetingAt(-5, 30, { state: 'tentative' })]), 0, 'busy'],
    ['a zero-length one does not count', snapshotWith([meetingAt(0, 0)]), 0, 'free'],
    ['a negative one does not count', snapshotWith([meetingAt(5, -5)]), 0, 'free'],
    [
      'a meeting released at its tenth minute counts before it',
      snapshotWith([meetingAt(-5, 30, { state: 'released', releasedAtMs: at(5) })]),
      0,
      'busy',
    ],
    [
      'and no longer from then on',
      snapshotWith([meetingAt(-5, 30, { state: 'released', releasedAtMs: at(5) })]),
      5,
      'free',
    ],
    [
      'back-to-back meetings never flash free',
      snapshotWith([meetingAt(-30, 0), meetingAt(0, 30)]),
      0,
      'busy',
    ],
    ['an all-day meeting is busy', snapshotWith([meetingAt(-600, 840, { isAllDay: true })]), 0, 'busy'],
    ['a meeting over midnight is busy', snapshotWith([meetingAt(-1200, 30)]), 0, 'busy'],
    [
      'a closure outranks everything',
      snapshotWith([meetingAt(-5, 30)], {
        closures: [{ fromMs: at(-1), untilMs: at(60), reason: '空调检修' }],
      }),
      0,
      'outOfService',
    ],
    ['nothing read yet is unknown', snapshotWith([], { fetchedAtMs: null, horizon: null }), 0, 'unknown'],
    ['past the freshness limit an empty plan is unknown', snapshotWith([]), 15, 'unknown'],
    ['just before the limit it is still free', snapshotWith([]), 14.99, 'free'],
    ['past the limit a meeting of the last plan stays busy', snapshotWith([meetingAt(-5, 60)]), 30, 'busy'],
    ['and turns unknown, not free, at its end', snapshotWith([meetingAt(-5, 60)]), 60, 'unknown'],
    [
      'outside the horizon it is unknown',
      snapshotWith([], { horizon: { fromMs: at(-60), untilMs: at(5) } }),
      5,
      'unknown',
    ],
    [
      'before the horizon it is unknown',
      snapshotWith([], { horizon: { fromMs: at(5), untilMs: at(60) } }),
      4,
      'unknown',
    ],
    ['a clock behind its own reading proves nothing', snapshotWith([]), -2, 'unknown'],
    ['a clock a few seconds behind is normal', snapshotWith([]), -0.5, 'free'],
    [
      'a failed read keeps free while the data is fresh',
      snapshotWith([], { health: { kind: 'stale', sinceMs: at(0), reason: 'network' } }),
      5,
      'free',
    ],
    [
      'a source that never answered is unknown',
      snapshotWith([], { health: { kind: 'broken', reason: 'auth' } }),
      0,
      'unknown',
    ],
    ['nothing configured says so', snapshotWith([], { health: { kind: 'unconfigured' } }), 0, 'unconfigured'],
    [
      'a partial source with an idle device is free',
      snapshotWith([], { evidence: { kind: 'occupancy', state: 'idle' } }),
      0,
      'free',
    ],
    [
      'a partial source with a device in use is busy',
      snapshotWith([], { evidence: { kind: 'occupancy', state: 'inUse' } }),
      0,
      'busy',
    ],
    [
      'a partial source without the device is unknown',
      snapshotWith([], { evidence: { kind: 'occupancy', state: 'unknown' } }),
      0,
      'unknown',
    ],
    [
      'a device in use long ago proves nothing',
      snapshotWith([], { evidence: { kind: 'occupancy', state: 'inUse' } }),
      20,
      'unknown',
    ],
    [
      'local check-in opens before the start and outranks soon',
      snapshotWith([meetingAt(8, 30)]),
      0,
      'checkIn',
      localCheckIn,
    ],
    [
      'local check-in is asked for after the start',
      snapshotWith([meetingAt(-5, 30)]),
      0,
      'checkIn',
      localCheckIn,
    ],
    [
      'after the window an unreleased meeting is busy',
      snapshotWith([meetingAt(-10, 30)]),
      0,
      'busy',
      localCheckIn,
    ],
    [
      'a checked-in meeting is busy',
      snapshotWith([meetingAt(-5, 30)], { checkedInIds: ['m-5-30'] }),
      0,
      'busy',
      localCheckIn,
    ],
    [
      'a pending meeting asks nobody to check in',
      snapshotWith([meetingAt(-5, 30, { state: 'pending' })]),
      0,
      'pending',
      localCheckIn,
    ],
    [
      "the platform's open check-in is shown",
      snapshotWith([meetingAt(-5, 30, { platformCheckIn: 'open' })]),
      0,
      'checkIn',
    ],
    ["the platform's check-in is not invented", snapshotWith([meetingAt(-5, 30)]), 0, 'busy'],
    [
      "the platform's done check-in is busy",
      snapshotWith([meetingAt(-5, 30, { platformCheckIn: 'checkedIn' })]),
      0,
      'busy',
    ],
  ]
  it.each(cases)('%s', (_name, snapshot, minutes, expected, rules) => {
    expect(kindAt(snapshot, minutes, rules)).toBe(expected)
  })

  it.each(['cancelled', 'rejected', 'declined', 'over'] as const)(
    'a meeting that is %s frees the room',
    (state) => {
      expect(kindAt(snapshotWith([meetingAt(-5, 30, { state })]), 0)).toBe('free')
    },
  )
})

describe('roomStatus: what it carries', () => {
  it('free until the next meeting, whoever starts first', () => {
    const snapshot = snapshotWith([meetingAt(120, 180), meetingAt(45, 60)])
    expect(roomStatus(snapshot, at(0), defaultStatusRules)).toEqual({ kind: 'free', untilMs: at(45) })
  })

  it('a source that sees only some bookings promises no "until"', () => {
    const snapshot = snapshotWith([meetingAt(45, 60)], { evidence: { kind: 'occupancy', state: 'idle' } })
    expect(roomStatus(snapshot, at(0), defaultStatusRules)).toEqual({ kind: 'free', untilMs: null })
  })

  it('busy tells its own end and the end of the whole run', () => {
    const snapshot = snapshotWith([
      meetingAt(-10, 30),
      meetingAt(30, 60),
      meetingAt(50, 90),
      meetingAt(91, 120),
    ])
    expect(roomStatus(snapshot, at(0), defaultStatusRules)).toMatchObject({
      untilMs: at(30),
      freeAtMs: at(90),
    })
  })

  it('shows the meeting that runs, not the all-day booking around it', () => {
    const inside = meetingAt(-10, 30)
    const snapshot = snapshotWith([meetingAt(-600, 840, { isAllDay: true }), inside])
    expect(roomStatus(snapshot, at(0), defaultStatusRules)).toMatchObject({
      meeting: inside,
      untilMs: at(30),
      freeAtMs: at(840),
    })
  })

  it('while the previous group is in, the next one may check in already', () => {
    const next = meetingAt(5, 60)
    const snapshot = snapshotWith([meetingAt(-30, 5), next], { checkedInIds: ['m-30-5'] })
    expect(roomStatus(snapshot, at(0), localCheckIn)).toMatchObject({ kind: 'busy', nextCheckIn: next })
  })

  it('nor does the next group wait while the present one has yet to check in', () => {
    const present = meetingAt(-5, 10)
    const next = meetingAt(10, 25)
    expect(roomStatus(snapshotWith([present, next, meetingAt(25, 40)]), at(0), localCheckIn)).toMatchObject({
      kind: 'checkIn',
      meeting: present,
      nextCheckIn: next,
    })
  })

  it('nor a group behind one that has checked in ahead of time', () => {
    const early = { ...localCheckIn, checkIn: { ...localCheckIn.checkIn, opensBeforeMs: 30 * MINUTE } }
    const later = meetingAt(20, 40)
    const snapshot = snapshotWith([meetingAt(-30, 5), meetingAt(5, 20), later], {
      checkedInIds: ['m-30-5', 'm5-20'],
    })
    expect(roomStatus(snapshot, at(0), early)).toMatchObject({ kind: 'busy', nextCheckIn: later })
  })

  it('two groups booked over the same time can both check in', () => {
    const [one, other] = [meetingAt(0, 30), meetingAt(0, 20)]
    expect(roomStatus(snapshotWith([one, other]), at(5), localCheckIn)).toMatchObject({
      kind: 'checkIn',
      meeting: one,
      nextCheckIn: other,
    })
    const checkedIn = snapshotWith([one, other], { checkedInIds: [one.id] })
    expect(roomStatus(checkedIn, at(5), localCheckIn)).toMatchObject({ kind: 'busy', nextCheckIn: other })
  })

  it('unknown keeps the last plan for the screen', () => {
    const plan = [meetingAt(200, 230)]
    expect(roomStatus(snapshotWith(plan), at(60), defaultStatusRules)).toEqual({
      kind: 'unknown',
      lastPlan: plan,
    })
  })

  it('marks data stale from its limit on, and never before a reading', () => {
    expect(isStale(snapshotWith([]), MONDAY_10_MS + 89_999)).toBe(false)
    expect(isStale(snapshotWith([]), MONDAY_10_MS + 90_000)).toBe(true)
    expect(isStale(snapshotWith([], { fetchedAtMs: null }), at(60))).toBe(false)
  })
})

const states: readonly MeetingState[] = [
  'confirmed',
  'tentative',
  'pending',
  'unknown',
  'cancelled',
  'rejected',
  'declined',
  'released',
  'over',
]
const anyMeeting = fc
  .record({
    start: fc.integer({ min: -300, max: 300 }),
    length: fc.integer({ min: -5, max: 400 }),
    state: fc.constantFrom(...states),
    platformCheckIn: fc.constantFrom('none', 'open', 'checkedIn', 'missed', 'notOpen'),
    released: fc.option(fc.integer({ min: -300, max: 300 })),
    id: fc.uuid(),
  })
  .map(({ start, length, state, platformCheckIn, released, id }): Meeting =>
    meetingAt(start, start + length, {
      id,
      state,
      platformCheckIn,
      releasedAtMs: released === null ? null : at(released),
    }),
  )
const anyHealth = fc.constantFrom<Health>(
  { kind: 'ok' },
  { kind: 'stale', sinceMs: at(0), reason: 'network' },
  { kind: 'broken', reason: 'auth' },
)
const anySnapshot = fc
  .record({
    meetings: fc.array(anyMeeting, { maxLength: 8 }),
    health: anyHealth,
    fetched: fc.option(fc.integer({ min: -100, max: 100 })),
    horizon: fc.option(fc.tuple(fc.integer({ min: -400, max: 100 }), fc.integer({ min: 0, max: 800 }))),
    unknownAfter: fc.integer({ min: -10, max: 200 }),
    evidence: fc.constantFrom<RoomSnapshot['evidence']>(
      { kind: 'complete' },
      { kind: 'occupancy', state: 'idle' },
      { kind: 'occupancy', state: 'inUse' },
      { kind: 'occupancy', state: 'unknown' },
    ),
  })
  .map(({ meetings, health, fetched, horizon, unknownAfter, evidence }) =>
    snapshotWith(meetings, {
      health,
      evidence,
      fetchedAtMs: fetched === null ? null : at(fetched),
      horizon: horizon && { fromMs: at(horizon[0]), untilMs: at(horizon[0] + horizon[1]) },
      freshness: { staleAtMs: at(unknownAfter / 2), unknownAtMs: at(unknownAfter) },
    }),
  )
const anyMinute = fc.integer({ min: -400, max: 700 })
const anyRules = fc.constantFrom(defaultStatusRules, localCheckIn)
const looksFree = (status: RoomStatus): boolean => status.kind === 'free' || status.kind === 'soon'

describe('times that are no times', () => {
  it.each([
    ['its end', { endMs: NaN }],
    ['its start', { startMs: NaN }],
    ['the moment it was released', { state: 'released', releasedAtMs: NaN }],
    ['an end that never comes', { endMs: Infinity }],
  ] as const)('a meeting of which nobody knows %s frees nothing, now or later', (_name, more) => {
    const meeting = meetingAt(0, 30, more)
    expect(hasKnownTimes(meeting)).toBe(false)
    for (const minutes of [-10, 5, 14]) {
      const snapshot = snapshotWith([meeting], { freshness: { staleAtMs: at(60), unknownAtMs: at(60) } })
      expect(looksFree(roomStatus(snapshot, at(minutes), defaultStatusRules))).toBe(false)
      expect(canProveFree(snapshot, at(minutes))).toBe(false)
    }
  })

  it('one that is cancelled takes no room, whenever it was', () => {
    expect(kindAt(snapshotWith([meetingAt(0, 30, { endMs: NaN, state: 'cancelled' })]), 0)).toBe('free')
  })

  it('never become a range that would compare false with everything', () => {
    expect(occupiedRange(meetingAt(0, 30, { endMs: NaN }))).toBeNull()
    expect(occupiedRange(meetingAt(0, 30, { startMs: NaN }))).toBeNull()
  })

  it('a closure, a reading or a horizon without a time proves nothing', () => {
    const nowhere = { fromMs: at(-30), untilMs: NaN }
    expect(kindAt(snapshotWith([], { closures: [{ ...nowhere, reason: null }] }), 0)).toBe('unknown')
    expect(kindAt(snapshotWith([], { fetchedAtMs: NaN }), 0)).toBe('unknown')
    expect(kindAt(snapshotWith([], { horizon: nowhere }), 0)).toBe('unknown')
    expect(kindAt(snapshotWith([], { freshness: { staleAtMs: at(1), unknownAtMs: NaN } }), 0)).toBe('unknown')
    const forGood = { fromMs: at(60), untilMs: Infinity, reason: null }
    expect(kindAt(snapshotWith([], { closures: [forGood] }), 0)).toBe('free')
  })
})

describe('roomStatus: edges', () => {
  it('a check-in closes with a meeting that is shorter than its window', () => {
    const rules: StatusRules = {
      ...localCheckIn,
      checkIn: { ...localCheckIn.checkIn, opensBeforeMs: 10 * MINUTE, closesAfterMs: 10 * MINUTE },
    }
    expect(checkInTimes(meetingAt(0, 5), rules)).toEqual({ fromMs: at(-10), untilMs: at(5) })
    expect(checkInTimes(meetingAt(0, 10), rules)).toEqual({ fromMs: at(-10), untilMs: at(10) })
    expect(checkInTimes(meetingAt(0, 30), rules)).toEqual({ fromMs: at(-10), untilMs: at(10) })
  })

  // A screen has one timer: an instant it is not told of is a door that says "unknown" until the next meeting.
  it('names the instant at which a clock that ran behind its own reading may be believed again', () => {
    const snapshot = snapshotWith([], { fetchedAtMs: at(5), horizon: { fromMs: at(-60), untilMs: at(60) } })
    expect(kindAt(snapshot, 0)).toBe('unknown')
    expect(
      nextStatusChange(
        { ...snapshot, freshness: { staleAtMs: at(9), unknownAtMs: at(20) } },
        at(0),
        defaultStatusRules,
      ),
    ).toBe(at(4))
    expect(kindAt(snapshot, 4)).toBe('free')
  })
})

describe('roomStatus: laws', () => {
  it('is never free while a counted meeting covers now', () => {
    fc.assert(
      fc.property(anySnapshot, anyMinute, anyRules, (snapshot, minute, rules) => {
        const isCovered = snapshot.meetings.some((meeting) => {
          const range = occupiedRange(meeting)
          return range !== null && range.fromMs <= at(minute) && at(minute) < range.untilMs
        })
        return !isCovered || !looksFree(roomStatus(snapshot, at(minute), rules))
      }),
      { numRuns: 2_000 },
    )
  })

  it('is never free without a reading, outside the horizon, past the limit, or from a broken source', () => {
    fc.assert(
      fc.property(anySnapshot, anyMinute, anyRules, (snapshot, minute, rules) => {
        const nowMs = at(minute)
        const { horizon, fetchedAtMs, freshness, health } = snapshot
        const isProved =
          fetchedAtMs !== null &&
          horizon !== null &&
          horizon.fromMs <= nowMs &&
          nowMs < horizon.untilMs &&
          nowMs < freshness.unknownAtMs &&
          health.kind !== 'broken'
        return isProved || !looksFree(roomStatus(snapshot, nowMs, rules))
      }),
      { numRuns: 2_000 },
    )
  })

  it('changes only at the instants nextStatusChange names', () => {
    fc.assert(
      fc.property(
        anySnapshot,
        anyMinute,
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        anyRules,
        (snapshot, minute, part, rules) => {
          const fromMs = at(minute)
          const changeMs = nextStatusChange(snapshot, fromMs, rules) ?? fromMs + 1e7
          const betweenMs = fromMs + Math.floor((changeMs - fromMs) * part)
          expect(changeMs).toBeGreaterThan(fromMs)
          expect(roomStatus(snapshot, betweenMs, rules)).toEqual(roomStatus(snapshot, fromMs, rules))
          expect(isStale(snapshot, betweenMs)).toBe(isStale(snapshot, fromMs))
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('gives the same answer for the same meetings in any order', () => {
    fc.assert(
      fc.property(anySnapshot, anyMinute, anyRules, (snapshot, minute, rules) => {
        const reversed = { ...snapshot, meetings: [...snapshot.meetings].reverse() }
        const one = roomStatus(snapshot, at(minute), rules)
        const other = roomStatus(reversed, at(minute), rules)
        if (one.kind === 'unknown') return other.kind === 'unknown'
        expect(other).toEqual(one)
        return true
      }),
      { numRuns: 1_000 },
    )
  })
})
