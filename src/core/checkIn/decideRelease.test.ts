import { describe, expect, it } from 'vitest'
import type { RoomSnapshot } from '../../shared/domain/roomSnapshot.ts'
import { meetingAt, MONDAY_10_MS, snapshotWith } from '../../shared/domain/testing/fixtures.ts'
import { decideRelease } from './decideRelease.ts'
import type { ReleaseCase } from './decideRelease.ts'
import type { MeetingRecord, WindowEvidence } from './journal.ts'

const MINUTE = 60_000
const meeting = meetingAt(0, 60)
const window = { fromMs: MONDAY_10_MS - 10 * MINUTE, untilMs: MONDAY_10_MS + 10 * MINUTE }
const nowMs = window.untilMs + 2_000
const record: MeetingRecord = {
  id: meeting.id,
  startMs: meeting.startMs,
  endMs: meeting.endMs,
  organizer: 'o',
  sinceMs: MONDAY_10_MS - 120 * MINUTE,
  lastSeenMs: nowMs,
  goneAtMs: null,
  checkIn: null,
  hold: null,
}
const evidence: WindowEvidence = {
  meetingId: meeting.id,
  startMs: meeting.startMs,
  ...window,
  run: 'run',
  firstAtMs: window.fromMs,
  firstDeviceMs: window.fromMs,
  firstMonotonicMs: 0,
  lastAtMs: window.untilMs,
  lastMonotonicMs: 20 * MINUTE,
  shownMonotonicMs: 20 * MINUTE - 5_000,
  gaps: [],
}
const snapshot: RoomSnapshot = snapshotWith([meeting], {
  fetchedAtMs: window.untilMs + 1_000,
  freshness: { staleAtMs: nowMs + 90_000, unknownAtMs: nowMs + 900_000 },
  capabilities: {
    titles: 'all',
    organizers: true,
    approval: true,
    platformCheckIn: true,
    actions: { canBook: true, extend: 'any', end: 'any', canRelease: true },
  },
})
const fair: ReleaseCase = {
  nowMs,
  deviceMs: nowMs,
  monotonicMs: 20 * MINUTE + 2_000,
  run: 'run',
  meeting,
  window,
  snapshot,
  rules: { mode: 'local', opensBeforeMs: 10 * MINUTE, closesAfterMs: 10 * MINUTE, isReleaseOn: true },
  record,
  evidence,
  attempts: [],
  canWrite: true,
  hasBudget: true,
  needsFreshRead: true,
}
const other = (more: Partial<typeof meeting>): Partial<ReleaseCase> => ({ meeting: { ...meeting, ...more } })
const known = (more: Partial<MeetingRecord>): Partial<ReleaseCase> => ({ record: { ...record, ...more } })
const seen = (more: Partial<RoomSnapshot>): Partial<ReleaseCase> => ({ snapshot: { ...snapshot, ...more } })
const attempt = { meetingId: meeting.id, startMs: 0, endMs: 0, intendedAtMs: 0, outcome: null }

describe('decideRelease', () => {
  it('gives back what nobody came to', () => {
    expect(decideRelease(fair)).toEqual({ kind: 'release', reasons: ['noShow'] })
  })

  // The last moment, place and device at which it is still fair.
  it.each<[string, Partial<ReleaseCase>]>([
    ['booked half an hour ahead', known({ sinceMs: meeting.startMs - 30 * MINUTE })],
    ['a neighbour that touches', seen({ meetings: [meeting, meetingAt(60, 90), meetingAt(-30, 0)] })],
    [
      'a neighbour that is cancelled',
      seen({ meetings: [meeting, meetingAt(0, 60, { id: 'c', state: 'cancelled', endMs: NaN })] }),
    ],
    [
      'a closure that begins when it ends',
      seen({ closures: [{ fromMs: meeting.endMs, untilMs: meeting.endMs + 1, reason: null }] }),
    ],
    ['a device that says idle', seen({ evidence: { kind: 'occupancy', state: 'idle' } })],
    ['a millisecond short of four hours', other({ endMs: meeting.startMs + 240 * MINUTE - 1 })],
    ['read when the window closed', seen({ fetchedAtMs: window.untilMs })],
    ['the last look when it closed', { evidence: { ...evidence, lastAtMs: window.untilMs } }],
  ])('gives back at the edge: %s', (_name, change) => {
    expect(decideRelease({ ...fair, ...change })).toEqual({ kind: 'release', reasons: ['noShow'] })
  })

  // One broken rule each: a check that is missing or negated would release here, or name something else.
  it.each<[string, Partial<ReleaseCase>]>([
    ['off', { rules: { ...fair.rules, isReleaseOn: false } }],
    ['mode', { rules: { ...fair.rules, mode: 'platform' } }],
    ['noCapability', { canWrite: false }],
    ['attempted', { attempts: [attempt] }],
    ['budget', { hasBudget: false }],
    ['checkedInHere', known({ checkIn: { atMs: 0, by: 'press' } })],
    ['checkedInThere', other({ platformCheckIn: 'checkedIn' })],
    ['pressed', known({ hold: 'pressed' })],
    ['checkedInBeforeMove', known({ hold: 'checkedInBeforeMove' })],
    ['maybeMoved', known({ hold: 'maybeMoved' })],
    ['cameUpLate', { evidence: null }],
    ['restarted', { run: 'another' }],
    ['notShown', { evidence: { ...evidence, gaps: ['notShown'] } }],
    ['asleep', { evidence: { ...evidence, lastAtMs: window.untilMs - 1 } }],
    ['clockJumped', { deviceMs: nowMs + 11_000 }],
    ['allDay', other({ isAllDay: true })],
    ['tooLong', other({ endMs: meeting.startMs + 240 * MINUTE })],
    ['bookedLate', known({ sinceMs: meeting.startMs - 30 * MINUTE + 1 })],
    ['firstSeenUnknown', known({ sinceMs: null })],
    ['firstSeenUnknown', { record: null }],
    ['stateUnsure', other({ state: 'tentative' })],
    ['series', other({ isRecurring: true })],
    ['own', other({ isOwn: true })],
    ['overlap', seen({ meetings: [meeting, meetingAt(59, 90)] })],
    ['overlap', seen({ meetings: [meeting, meetingAt(200, 260, { id: 'strange', startMs: NaN })] })],
    ['inUse', seen({ evidence: { kind: 'occupancy', state: 'inUse' } })],
    ['inUse', seen({ evidence: { kind: 'occupancy', state: 'unknown' } })],
    ['inUse', other({ video: { topic: null, url: null, isRunning: true } })],
    ['closed', seen({ closures: [{ fromMs: 0, untilMs: meeting.startMs + 1, reason: null }] })],
    ['staleData', seen({ fetchedAtMs: window.untilMs - 1 })],
    ['staleData', seen({ health: { kind: 'stale', sinceMs: 0, reason: 'network' } })],
    [
      'decidedLate',
      { nowMs: nowMs + 3 * MINUTE, deviceMs: nowMs + 3 * MINUTE, monotonicMs: 23 * MINUTE + 2_000 },
    ],
  ])('keeps the room: %s', (reason, change) => {
    const decision = decideRelease({ ...fair, ...change })
    expect(decision.kind).toBe('keep')
    expect(decision.reasons).toContain(reason)
  })

  it('back-to-back neighbours do not overlap', () => {
    const neighbours = seen({ meetings: [meetingAt(-60, 0), meeting, meetingAt(60, 90)] })
    expect(decideRelease({ ...fair, ...neighbours }).kind).toBe('release')
  })

  it('names every reason, not only the first', () => {
    const change = { ...other({ isAllDay: true, isRecurring: true }), hasBudget: false }
    expect(decideRelease({ ...fair, ...change }).reasons).toEqual(['budget', 'allDay', 'series'])
  })
})
