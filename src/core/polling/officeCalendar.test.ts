import { describe, expect, it } from 'vitest'
import { createZone } from '../../shared/domain/zonedTime.ts'
import { createOfficeCalendar } from './officeCalendar.ts'
import { quotaMonthAt } from './quotaMonth.ts'

const shanghai = createZone('Asia/Shanghai')
const week = { days: [1, 2, 3, 4, 5], from: '08:00', until: '20:00' }
const night = { days: [5], from: '22:00', until: '06:00' }
const at = (text: string): number => Date.parse(`${text}+08:00`)

describe('isOpen', () => {
  it.each([
    ['Monday 08:00', week, '2026-11-23T08:00', true],
    ['Monday 07:59', week, '2026-11-23T07:59', false],
    ['Monday 20:00', week, '2026-11-23T20:00', false],
    ['Sunday noon', week, '2026-11-22T12:00', false],
    ['Friday 23:00 of a night shift', night, '2026-11-27T23:00', true],
    ['its Saturday 05:59', night, '2026-11-28T05:59', true],
    ['Saturday 23:00', night, '2026-11-28T23:00', false],
    ['Friday 05:00, the shift of Thursday that does not exist', night, '2026-11-27T05:00', false],
  ])('%s', (_name, hours, moment, expected) => {
    expect(createOfficeCalendar(hours, shanghai).isOpen(at(moment))).toBe(expected)
  })
})

describe('openMsBetween', () => {
  it('counts the open hours of a week', () => {
    expect(
      createOfficeCalendar(week, shanghai).openMsBetween(at('2026-11-23T00:00'), at('2026-11-30T00:00')) /
        3_600_000,
    ).toBe(60)
  })
})

describe('nextOpening', () => {
  it.each([
    ['Monday night', '2026-11-23T21:00', '2026-11-24T08:00'],
    ['Friday evening', '2026-11-27T20:00', '2026-11-30T08:00'],
    ['within office hours, the next day’s', '2026-11-24T10:00', '2026-11-25T08:00'],
  ])('%s', (_name, moment, opening) => {
    expect(createOfficeCalendar(week, shanghai).nextOpening(at(moment))).toBe(at(opening))
  })

  it('never, where no day has office hours', () => {
    expect(
      createOfficeCalendar({ ...week, days: [] }, shanghai).nextOpening(at('2026-11-24T10:00')),
    ).toBeNull()
  })

  it('is right on the day the clocks change', () => {
    const berlin = createZone('Europe/Berlin')
    const calendar = createOfficeCalendar({ ...week, days: [0] }, berlin)
    const sunday = Date.parse('2026-10-25T00:00:00+02:00')
    expect(calendar.nextOpening(sunday)).toBe(Date.parse('2026-10-25T08:00:00+01:00'))
    expect(calendar.openMsBetween(sunday, sunday + 86_400_000) / 3_600_000).toBe(12)
  })
})

describe('quotaMonthAt', () => {
  it.each([
    ['2026-11-23T10:00', '2026-12-01T00:00'],
    ['2026-11-30T23:59', '2026-12-01T00:00'],
    ['2026-12-01T00:00', '2027-01-01T00:00'],
  ])('the month of %s ends at %s of the vendors’ clock', (moment, end) => {
    expect(quotaMonthAt(at(moment)).untilMs).toBe(at(end))
  })
})
