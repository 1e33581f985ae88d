import { expect, it } from 'vitest'
import { createZone } from '../../shared/domain/zonedTime.ts'
import { isAllDay, localMidnight } from './wholeDays.ts'

const at = (text: string): number => Date.parse(text)
const shanghai = createZone('Asia/Shanghai')

it.each([
  ['midnights', '2026-01-05T00:00:00+08:00', '2026-01-06T00:00:00+08:00', true],
  ['the last minute of the day', '2026-01-05T00:00:00+08:00', '2026-01-05T23:59:00+08:00', true],
  ['an hour short of it', '2026-01-05T00:00:00+08:00', '2026-01-05T23:00:00+08:00', false],
  ['an hour late', '2026-01-05T01:00:00+08:00', '2026-01-06T00:00:00+08:00', false],
  ['nothing', '2026-01-05T00:00:00+08:00', '2026-01-05T00:00:00+08:00', false],
] as const)('a whole day is local: %s', (_name, from, until, expected) => {
  expect(isAllDay(at(from), at(until), shanghai)).toBe(expected)
})

it.each([
  ['Asia/Shanghai', '2026-01-05T00:00:00+08:00'],
  ['America/Los_Angeles', '2026-01-05T00:00:00-08:00'],
  ['Pacific/Auckland', '2026-01-05T00:00:00+13:00'],
])('a date told as a UTC midnight begins at the midnight of %s', (zone, expected) => {
  expect(localMidnight(at('2026-01-05T00:00:00Z'), createZone(zone))).toBe(at(expected))
})
