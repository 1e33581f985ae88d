import { describe, expect, it } from 'vitest'
import type { Meeting } from '../../../shared/domain/meeting.ts'
import { ProviderError } from '../ProviderError.ts'
import type { RoomReading } from '../SiteProvider.ts'
import { createNightWatch } from './createNightWatch.ts'

const HOUR = 3_600_000
const today = { fromMs: 1_773_590_400_000, untilMs: 1_773_676_800_000 }
const at = (hours: number): number => today.fromMs + hours * HOUR
const reading = (...meetings: readonly [from: number, until: number, state?: Meeting['state']][]) =>
  new Map<string, RoomReading>([
    [
      'a',
      {
        kind: 'read',
        meetings: meetings.map(([from, until, state = 'confirmed']) => ({
          id: `${from}`,
          startMs: at(from),
          endMs: at(until),
          title: null,
          organizer: null,
          department: null,
          state,
          isAllDay: false,
          isRecurring: false,
          isPrivate: false,
          isOwn: false,
          platformCheckIn: 'none',
          releasedAtMs: null,
          video: null,
        })),
        closures: [],
        horizon: { fromMs: at(-24), untilMs: today.untilMs },
        evidence: { kind: 'complete' },
        room: null,
        unknownStates: [],
      },
    ],
  ])

describe('createNightWatch', () => {
  it('a process started at noon asks for yesterday once', () => {
    const night = createNightWatch()
    expect(night.isYesterdayDue(['a'], today, at(12))).toBe(true)
    night.record(today, reading([9, 10]))
    expect(night.isYesterdayDue(['a'], today, at(12))).toBe(false)
  })

  it('asks on while a booking of last night runs, and no longer', () => {
    const night = createNightWatch()
    night.record(today, reading([-2, 8], [9, 18], [-3, 9, 'cancelled']))
    expect([night.isYesterdayDue(['a'], today, at(7.9)), night.isYesterdayDue(['a'], today, at(8))]).toEqual([
      true,
      false,
    ])
  })

  it('asks in the first four hours in any case', () => {
    const night = createNightWatch()
    night.record(today, reading())
    expect([night.isYesterdayDue(['a'], today, at(3.9)), night.isYesterdayDue(['a'], today, at(4))]).toEqual([
      true,
      false,
    ])
  })

  it('a room that failed, or was not asked, stays due', () => {
    const night = createNightWatch()
    night.record(today, new Map([['a', { kind: 'failed', error: new ProviderError('server', 'gone') }]]))
    expect(night.isYesterdayDue(['a'], today, at(12))).toBe(true)
    night.record(today, reading())
    expect(night.isYesterdayDue(['a', 'b'], today, at(12))).toBe(true)
  })

  it('a read that did not ask for yesterday proves nothing of it', () => {
    const night = createNightWatch()
    for (const horizon of [today, { fromMs: at(-72), untilMs: at(-48) }]) {
      const readings = new Map([...reading()].map(([id, one]) => [id, { ...one, horizon } as RoomReading]))
      night.record(today, readings)
      expect(night.isYesterdayDue(['a'], today, at(12))).toBe(true)
    }
  })

  it('the next day begins anew', () => {
    const night = createNightWatch()
    night.record(today, reading())
    const tomorrow = { fromMs: today.untilMs, untilMs: today.untilMs + 24 * HOUR }
    expect(night.isYesterdayDue(['a'], tomorrow, at(36))).toBe(true)
  })
})
