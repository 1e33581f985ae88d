import { describe, expect, it } from 'vitest'
import { createZone } from '../../../shared/domain/zonedTime.ts'
import { fromListTime, fromRfc3339, localDays, toRfc3339, toSeconds } from './vendorTime.ts'

const at = (text: string): number => Date.parse(text)
const shanghai = createZone('Asia/Shanghai')
const newYork = createZone('America/New_York')

describe('times of the platform', () => {
  it('are written with an offset and without fractions', () => {
    expect(toRfc3339(at('2026-01-05T16:30:00.987Z'))).toBe('2026-01-06T00:30:00+08:00')
    expect(toSeconds(at('2026-01-05T16:30:00.987Z'))).toBe('1767630600')
  })

  it.each([
    ['2026-01-05T14:00:00+08:00', '2026-01-05T06:00:00Z'],
    ['2026-01-05T14:00:00.5+07:00', '2026-01-05T07:00:00.5Z'],
    ['2026-01-05T06:00:00Z', '2026-01-05T06:00:00Z'],
  ])('busy times are read by their own offset: %s', (text, meant) => {
    expect(fromRfc3339(text)).toBe(at(meant))
  })

  it.each(['2026-01-05T14:00:00', '2026-01-05 14:00:00+08:00', '1767592800', '2026-13-05T14:00:00Z', ''])(
    'a time that could mean several moments is none: "%s"',
    (text) => {
      expect(fromRfc3339(text)).toBeNull()
    },
  )

  it.each([
    ['2026.01.05 14:00:00 (GMT+08:00)', '2026-01-05T06:00:00Z'],
    ['2026.01.05 13:00:00 (GMT+07:00)', '2026-01-05T06:00:00Z'],
    ['2026.01.05 01:00:00 (GMT-05:00)', '2026-01-05T06:00:00Z'],
    [' 2026.01.05 11:30:00 (GMT+05:30) ', '2026-01-05T06:00:00Z'],
  ])('the list’s times go by the offset in the text, wherever the room is: %s', (text, meant) => {
    expect(fromListTime(text)).toBe(at(meant))
  })

  it.each([
    '',
    '-',
    '2026.01.05 14:00:00',
    '2026-01-05 14:00:00 (GMT+08:00)',
    '2026.02.30 14:00 (GMT+08:00)',
  ])('another form is no time: "%s"', (text) => {
    expect(fromListTime(text)).toBeNull()
  })
})

describe('whole days', () => {
  it.each([
    [
      'one day',
      shanghai,
      '2026-01-05T00:00:00Z',
      '2026-01-06T00:00:00Z',
      '2026-01-05T00:00:00+08:00',
      '2026-01-06T00:00:00+08:00',
    ],
    [
      'two days',
      shanghai,
      '2026-01-05T00:00:00Z',
      '2026-01-07T00:00:00Z',
      '2026-01-05T00:00:00+08:00',
      '2026-01-07T00:00:00+08:00',
    ],
    [
      'west of Greenwich',
      newYork,
      '2026-01-05T00:00:00Z',
      '2026-01-06T00:00:00Z',
      '2026-01-05T00:00:00-05:00',
      '2026-01-06T00:00:00-05:00',
    ],
    [
      'a local day already',
      shanghai,
      '2026-01-05T00:00:00+08:00',
      '2026-01-06T00:00:00+08:00',
      '2026-01-05T00:00:00+08:00',
      '2026-01-06T00:00:00+08:00',
    ],
    [
      'not a day',
      shanghai,
      '2026-01-05T00:00:00Z',
      '2026-01-05T08:00:00Z',
      '2026-01-05T00:00:00Z',
      '2026-01-05T08:00:00Z',
    ],
  ])('told in UTC are days of the room: %s', (_name, zone, from, until, startsAt, endsAt) => {
    const { startMs, endMs } = localDays({ startMs: at(from), endMs: at(until) }, zone)
    expect([new Date(startMs).toISOString(), new Date(endMs).toISOString()]).toEqual([
      new Date(at(startsAt)).toISOString(),
      new Date(at(endsAt)).toISOString(),
    ])
  })
})
