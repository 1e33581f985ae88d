import { describe, expect, it } from 'vitest'
import { at, galleryConfig } from '../gallery/gallerySnapshot.ts'
import { createTimeFormat } from './createTimeFormat.ts'

const zh24 = createTimeFormat(galleryConfig)
const zh12 = createTimeFormat({ ...galleryConfig, hourCycle: '12' })
const en24 = createTimeFormat({ ...galleryConfig, language: 'en-US' })
const en12 = createTimeFormat({ ...galleryConfig, language: 'en-US', hourCycle: '12' })

describe('time format', () => {
  it.each([
    [at(0, 5), '00:05', '上午 12:05', '00:05', '12:05 AM'],
    [at(9, 7), '09:07', '上午 9:07', '09:07', '9:07 AM'],
    [at(11, 30), '11:30', '上午 11:30', '11:30', '11:30 AM'],
    [at(12), '12:00', '下午 12:00', '12:00', '12:00 PM'],
    [at(23, 59), '23:59', '下午 11:59', '23:59', '11:59 PM'],
  ])('writes %s in every cycle and language', (atMs, ...texts) => {
    expect([zh24, zh12, en24, en12].map((format) => format.time(atMs))).toEqual(texts)
  })

  it('sets the period of the clock apart, on the side where the language has it', () => {
    expect(zh12.clock(at(14, 30))).toEqual({ time: '2:30', period: '下午', isPeriodFirst: true })
    expect(en12.clock(at(14, 30))).toEqual({ time: '2:30', period: 'PM', isPeriodFirst: false })
    expect(zh24.clock(at(14, 30))).toMatchObject({ time: '14:30', period: null })
  })

  it('names the period of a range once, unless its ends differ', () => {
    expect(zh24.range(at(10), at(11))).toBe('10:00 – 11:00')
    expect(zh12.range(at(10), at(11))).toBe('上午 10:00 – 11:00')
    expect(en12.range(at(10), at(11))).toBe('10:00 – 11:00 AM')
    expect(en12.range(at(11), at(13))).toBe('11:00 AM – 1:00 PM')
    // 8 AM to midnight share "AM" by name only.
    expect(en12.range(at(8), at(24))).toBe('8:00 AM – 12:00 AM')
  })

  it('adds the date on any other day', () => {
    expect(zh24.timeOrDate(at(18), at(10))).toBe('18:00')
    expect(zh24.timeOrDate(at(42), at(10))).toBe('11月24日 18:00')
    expect(en12.timeOrDate(at(42), at(10))).toBe('Nov 24 6:00 PM')
  })

  it('writes date and weekday as the reader does', () => {
    expect([zh24.date(at(10)), zh24.weekday(at(10))]).toEqual(['11月23日', '星期一'])
    expect([en24.date(at(10)), en24.weekday(at(10))]).toEqual(['Nov 23', 'Monday'])
  })

  it('reads the clock of the panel, not of the machine', () => {
    const tokyo = createTimeFormat({ ...galleryConfig, timeZone: 'Asia/Tokyo' })
    expect(tokyo.time(at(10))).toBe('11:00')
    const kathmandu = createTimeFormat({ ...galleryConfig, timeZone: 'Asia/Kathmandu' })
    expect(kathmandu.time(at(10))).toBe('07:45')
  })

  it('does not fail for a zone this browser does not know', () => {
    expect(createTimeFormat({ ...galleryConfig, timeZone: 'Mars/Olympus' }).time(at(10))).toBe('02:00')
  })
})
