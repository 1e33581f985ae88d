import { describe, expect, it } from 'vitest'
import { GALLERY_NOW_MS, at, galleryConfig, meeting } from '../gallery/gallerySnapshot.ts'
import { translator } from '../i18n/testing/translator.ts'
import { createTimeFormat } from '../time/createTimeFormat.ts'
import { allDayTitles, hourMarks, timelineRows } from './timelineRows.ts'

const day = { fromMs: at(0), untilMs: at(24) }
const t = translator('zh-CN')
const format = createTimeFormat(galleryConfig)
const context = { day, nowMs: GALLERY_NOW_MS, t, format }

describe('timeline rows', () => {
  it('stand where their times are, and know past from present from later', () => {
    const rows = timelineRows(
      [
        meeting(at(9), at(10), 'a', null),
        meeting(at(10), at(12), 'b', '王博'),
        meeting(at(18), at(24), 'c', null),
      ],
      [],
      context,
    )
    expect(rows).toMatchObject([
      { top: 9 / 24, height: 1 / 24, when: 'past', title: 'a', time: '09:00 – 10:00' },
      { top: 10 / 24, height: 2 / 24, when: 'now', title: 'b', organizer: '王博' },
      { top: 18 / 24, height: 6 / 24, when: 'later', title: 'c' },
    ])
  })

  it('stand side by side where they overlap', () => {
    const rows = timelineRows(
      [meeting(at(10), at(12), 'a', null), meeting(at(11), at(13), 'b', null)],
      [],
      context,
    )
    expect(rows.map(({ lane, lanes }) => [lane, lanes])).toEqual([
      [0, 2],
      [1, 2],
    ])
  })

  it('are cut to the day but keep their own times in words', () => {
    const rows = timelineRows([meeting(at(23), at(25), 'night', null)], [], context)
    expect(rows).toMatchObject([{ top: 23 / 24, height: 1 / 24, time: '23:00 – 01:00' }])
  })

  it('are marked while they wait for approval', () => {
    const rows = timelineRows([meeting(at(9), at(10), 'a', null, { state: 'pending' })], [], context)
    expect(rows[0]?.kind).toBe('pending')
  })

  it('show closures with their reason, and leave out those of other days', () => {
    const rows = timelineRows(
      [],
      [
        { fromMs: at(8), untilMs: at(40), reason: '检修' },
        { fromMs: at(30), untilMs: at(40), reason: null },
        { fromMs: at(20), untilMs: at(21), reason: '  ' },
      ],
      context,
    )
    expect(rows).toMatchObject([
      { kind: 'closure', title: '检修', top: 8 / 24, height: 16 / 24, when: 'now' },
      { kind: 'closure', title: '停用', when: 'later' },
    ])
  })

  it('leave all-day bookings to the strip above the hours', () => {
    const meetings = [
      meeting(at(0), at(24), '驻场', null, { isAllDay: true }),
      meeting(at(9), at(10), 'a', null),
    ]
    expect(timelineRows(meetings, [], context)).toMatchObject([{ title: 'a', lanes: 1 }])
    expect(allDayTitles(meetings, context)).toMatchObject([{ title: '驻场' }])
  })
})

describe('hours of the day', () => {
  it('are 25 marks on a common day', () => {
    const marks = hourMarks(day, format)
    expect(marks).toHaveLength(25)
    expect([marks[0], marks[10]]).toMatchObject([
      { top: 0, label: '00:00' },
      { top: 10 / 24, label: '10:00' },
    ])
  })

  it('skip the hour that daylight saving takes', () => {
    const berlin = createTimeFormat({ ...galleryConfig, timeZone: 'Europe/Berlin' })
    const fromMs = Date.UTC(2026, 2, 28, 23)
    const marks = hourMarks({ fromMs, untilMs: fromMs + 23 * 3_600_000 }, berlin)
    expect(marks.slice(0, 4).map(({ label }) => label)).toEqual(['00:00', '01:00', '03:00', '04:00'])
    expect(marks).toHaveLength(24)
  })
})
