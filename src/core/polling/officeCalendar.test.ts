import { describe, expect, it } from 'vitest'
import { createZone } from '../../shared/domain/zonedTime.ts'
import { endOfMonth } from './createCallCounter.ts'
import { isOfficeTime, officeTimeBetween } from './officeCalendar.ts'

const shanghai = createZone('Asia/Shanghai')
const week = { days: [1, 2, 3, 4, 5], from: '08:00', until: '20:00' }
const night = { days: [5], from: '22:00', until: '06:00' }
const at = (text: string): number => Date.parse(`${text}+08:00`)

describe('isOfficeTime', () => {
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
    expect(isOfficeTime(hours, shanghai, at(moment))).toBe(expected)
  })
})

describe('officeTimeBetween', () => {
  it('counts the open hours of a week', () => {
    expect(
      officeTimeBetween(week, shanghai, at('2026-11-23T00:00'), at('2026-11-30T00:00')) / 3_600_000,
    ).toBe(60)
  })
})

describe('endOfMonth', () => {
  it.each([
    ['2026-11-23T10:00', '2026-12-01T00:00'],
    ['2026-11-30T23:59', '2026-12-01T00:00'],
    ['2026-12-01T00:00', '2027-01-01T00:00'],
  ])('of %s is %s local', (moment, end) => {
    expect(endOfMonth(shanghai, at(moment))).toBe(at(end))
  })
})
