import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createZone, dayRange, isKnownZone, startOfNextMonth } from './zonedTime.ts'

const HOUR = 3_600_000
const shanghai = createZone('Asia/Shanghai')
const berlin = createZone('Europe/Berlin')
const newYork = createZone('America/New_York')
/** Midnight itself is skipped when summer time begins here. */
const saoPaulo = createZone('America/Sao_Paulo')
const zones = [shanghai, berlin, newYork, saoPaulo]

describe('createZone', () => {
  it.each([
    ['Shanghai', shanghai, '2026-11-23T02:00:00Z', '2026-11-22T16:00:00Z', 24],
    ['Shanghai just before midnight', shanghai, '2026-11-23T15:59:59Z', '2026-11-22T16:00:00Z', 24],
    ['Shanghai at midnight', shanghai, '2026-11-23T16:00:00Z', '2026-11-23T16:00:00Z', 24],
    ['Berlin, the day summer time begins', berlin, '2026-03-29T12:00:00Z', '2026-03-28T23:00:00Z', 23],
    ['Berlin, the day it ends', berlin, '2026-10-25T12:00:00Z', '2026-10-24T22:00:00Z', 25],
    ['New York, the day it begins', newYork, '2026-03-08T18:00:00Z', '2026-03-08T05:00:00Z', 23],
    ['New York, the day it ends', newYork, '2026-11-01T18:00:00Z', '2026-11-01T04:00:00Z', 25],
    ['São Paulo 2018, a day without midnight', saoPaulo, '2018-11-04T12:00:00Z', '2018-11-04T03:00:00Z', 23],
  ])('cuts the day: %s', (_name, zone, instant, start, hours) => {
    const { fromMs, untilMs } = dayRange(zone, Date.parse(instant))
    expect(new Date(fromMs).toISOString()).toBe(new Date(start).toISOString())
    expect((untilMs - fromMs) / HOUR).toBe(hours)
  })

  it('reads the wall', () => {
    expect(shanghai.wallTime(Date.UTC(2026, 10, 22, 16, 5))).toEqual({
      year: 2026,
      month: 11,
      day: 23,
      hour: 0,
      minute: 5,
      weekday: 1,
    })
  })

  it('every instant lies in its own day, days touch, and none lasts other than 23 to 25 hours', () => {
    const instants = fc.integer({ min: Date.UTC(2018, 0, 1), max: Date.UTC(2030, 0, 1) })
    fc.assert(
      fc.property(instants, fc.constantFrom(...zones), (atMs, zone) => {
        const day = dayRange(zone, atMs)
        expect(day.fromMs).toBeLessThanOrEqual(atMs)
        expect(day.untilMs).toBeGreaterThan(atMs)
        expect(zone.startOfDay(day.untilMs)).toBe(day.untilMs)
        expect(zone.startOfDay(day.untilMs - 1)).toBe(day.fromMs)
        const hours = (day.untilMs - day.fromMs) / HOUR
        expect(hours).toBeGreaterThanOrEqual(23)
        expect(hours).toBeLessThanOrEqual(25)
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['in the middle of a month', '2026-03-16T10:00:00+08:00', '2026-04-01T00:00:00+08:00'],
    [
      'in its last second, where UTC is a month behind',
      '2026-12-31T23:59:59+08:00',
      '2027-01-01T00:00:00+08:00',
    ],
    ['in its first second', '2028-02-01T00:00:00+08:00', '2028-03-01T00:00:00+08:00'],
  ])('the next month begins at local midnight: %s', (_name, at, next) => {
    expect(startOfNextMonth(createZone('Asia/Shanghai'), Date.parse(at))).toBe(Date.parse(next))
  })

  it('tells known zones from inventions', () => {
    expect(isKnownZone('Asia/Shanghai')).toBe(true)
    expect(isKnownZone('Asia/Beijing City')).toBe(false)
  })
})
