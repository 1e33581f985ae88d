import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskMeeting } from './privacy.ts'
import { meetingAt, MONDAY_10_MS } from './testing/fixtures.ts'
import { timeline } from './timeline.ts'

const MINUTE = 60_000
const shown = { fromMs: MONDAY_10_MS, untilMs: MONDAY_10_MS + 480 * MINUTE }

describe('timeline', () => {
  it('cuts what reaches over the edges and says so', () => {
    const [first, last] = timeline([meetingAt(-60, 30), meetingAt(450, 540)], shown)
    expect(first).toMatchObject({ fromMs: shown.fromMs, isCutAtStart: true, isCutAtEnd: false })
    expect(last).toMatchObject({ untilMs: shown.untilMs, isCutAtStart: false, isCutAtEnd: true })
  })

  it('leaves out what lies outside, touches the edge, or does not count', () => {
    const meetings = [
      meetingAt(-60, 0),
      meetingAt(480, 500),
      meetingAt(10, 20, { state: 'cancelled' }),
      meetingAt(30, 30),
    ]
    expect(timeline(meetings, shown)).toEqual([])
  })

  it('puts overlaps side by side and back-to-back meetings one below the other', () => {
    const entries = timeline(
      [meetingAt(0, 60), meetingAt(30, 90), meetingAt(60, 80), meetingAt(90, 120)],
      shown,
    )
    expect(entries.map(({ lane, lanes }) => [lane, lanes])).toEqual([
      [0, 2],
      [1, 2],
      [0, 2],
      [0, 1],
    ])
  })

  it('never lets two entries of one lane overlap, and loses no counting meeting', () => {
    const any = fc.tuple(fc.integer({ min: -100, max: 560 }), fc.integer({ min: 1, max: 200 }), fc.uuid())
    fc.assert(
      fc.property(fc.array(any, { maxLength: 12 }), (raw) => {
        const meetings = raw.map(([start, length, id]) => meetingAt(start, start + length, { id }))
        const entries = timeline(meetings, shown)
        for (const a of entries) {
          expect(a.lane).toBeLessThan(a.lanes)
          for (const b of entries) {
            if (a === b || a.lane !== b.lane) continue
            expect(a.untilMs <= b.fromMs || b.untilMs <= a.fromMs).toBe(true)
          }
        }
        const expected = meetings.filter((one) => one.endMs > shown.fromMs && one.startMs < shown.untilMs)
        expect(entries).toHaveLength(expected.length)
      }),
      { numRuns: 500 },
    )
  })
})

describe('maskMeeting', () => {
  const secret = meetingAt(0, 30, {
    title: '并购谈判',
    organizer: '王博',
    department: '战略部',
    video: { topic: '并购谈判', url: 'https://x.invalid', isRunning: true },
  })

  it.each([
    ['full', false, '并购谈判', '王博'],
    ['organizer', false, null, '王博'],
    ['busy', false, null, null],
    ['full', true, null, null],
    ['organizer', true, null, null],
  ] as const)('level %s, private %s', (level, isPrivate, title, organizer) => {
    const masked = maskMeeting({ ...secret, isPrivate }, level)
    expect(masked).toMatchObject({ title, organizer })
    if (title === null) expect(JSON.stringify(masked)).not.toContain('并购谈判')
    if (organizer === null) expect(JSON.stringify(masked)).not.toMatch(/王博|战略部/)
  })
})
