import { describe, expect, it } from 'vitest'
import { createZone } from '../../../shared/domain/zonedTime.ts'
import { daysToRead } from './days.ts'

const vendor = createZone('Asia/Shanghai')
const inShanghai = { local: vendor, vendor }
const at = (text: string): number => Date.parse(text)
const utc = (ms: number): string => new Date(ms).toISOString().slice(0, 16)
const days = (from: string, until: string, now: string, isYesterdayDue = false, midnights = inShanghai) => {
  const read = daysToRead(midnights, { fromMs: at(from), untilMs: at(until) }, at(now), isYesterdayDue)
  const text = (ranges: readonly { fromMs: number; untilMs: number }[]) =>
    ranges.map(({ fromMs, untilMs }) => `${utc(fromMs)} ${utc(untilMs)}`)
  return { needed: text(read.needed), welcome: text(read.welcome) }
}

describe('daysToRead', () => {
  const today = ['2026-03-16T00:00+08:00', '2026-03-17T00:00+08:00'] as const

  it('a day is asked from midnight to midnight, local', () => {
    expect(days(...today, '2026-03-16T10:00+08:00')).toEqual({
      needed: ['2026-03-15T16:00 2026-03-16T16:00'],
      welcome: [],
    })
  })

  it('any part of a day asks for all of it; two days are two questions', () => {
    const { needed } = days('2026-03-16T15:00+08:00', '2026-03-17T00:30+08:00', '2026-03-16T10:00+08:00')
    expect(needed).toEqual(['2026-03-15T16:00 2026-03-16T16:00', '2026-03-16T16:00 2026-03-17T16:00'])
  })

  it('from 21:00 on tomorrow is welcome, unless it was asked for', () => {
    const evening = '2026-03-16T21:00:01+08:00'
    expect(days(...today, evening).welcome).toEqual(['2026-03-16T16:00 2026-03-17T16:00'])
    expect(days(...today, '2026-03-16T21:00+08:00').welcome).toEqual([])
    expect(days(today[0], '2026-03-18T00:00+08:00', evening)).toEqual({
      needed: ['2026-03-15T16:00 2026-03-16T16:00', '2026-03-16T16:00 2026-03-17T16:00'],
      welcome: [],
    })
  })

  it('yesterday is asked when a booking may run over from it', () => {
    expect(days(...today, '2026-03-16T00:10+08:00', true).needed).toEqual([
      '2026-03-14T16:00 2026-03-15T16:00',
      '2026-03-15T16:00 2026-03-16T16:00',
    ])
  })

  it('a range of another day brings neither yesterday nor tomorrow', () => {
    const other = days('2026-03-20T00:00+08:00', '2026-03-21T00:00+08:00', '2026-03-16T23:00+08:00', true)
    expect(other).toEqual({ needed: ['2026-03-19T16:00 2026-03-20T16:00'], welcome: [] })
  })

  it('away from Beijing no stretch goes over either midnight, and they leave no gap', () => {
    const newYork = { local: createZone('America/New_York'), vendor }
    const read = days(
      '2026-03-16T00:00-04:00',
      '2026-03-17T00:00-04:00',
      '2026-03-16T10:00-04:00',
      false,
      newYork,
    )
    expect(read.needed).toEqual(['2026-03-16T04:00 2026-03-16T16:00', '2026-03-16T16:00 2026-03-17T04:00'])
  })

  it('a day of 23 hours is asked whole', () => {
    const berlin = { local: createZone('Europe/Berlin'), vendor }
    const read = days(
      '2026-03-29T00:00+01:00',
      '2026-03-30T00:00+02:00',
      '2026-03-29T12:00+02:00',
      false,
      berlin,
    )
    expect(read.needed).toEqual(['2026-03-28T23:00 2026-03-29T16:00', '2026-03-29T16:00 2026-03-29T22:00'])
  })

  it('an empty range still asks for its day', () => {
    expect(days(today[0], today[0], '2026-03-16T10:00+08:00').needed).toHaveLength(1)
  })
})
