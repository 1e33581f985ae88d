import { describe, expect, it } from 'vitest'
import { GALLERY_NOW_MS, at, meeting } from '../gallery/gallerySnapshot.ts'
import { isDense, timelineTop } from './timelineWindow.ts'

// A day of 100 px an hour behind a window of six hours.
const view = { dayPx: 2_400, viewPx: 600, leadPx: 90, labelPx: 40 }
const hour = (hours: number): number => hours / 24

describe('window of the timeline', () => {
  it('keeps the present near its top', () => {
    expect(timelineTop(hour(10), [], view)).toBe(1_000 - 90)
  })

  it('stops at both ends of the day', () => {
    expect(timelineTop(hour(0.5), [], view)).toBe(0)
    expect(timelineTop(hour(23), [], view)).toBe(1_800)
  })

  it('moves on so that a box at its lower edge shows its title', () => {
    // Begins at 15:00 = 1500, the window ends at 1510.
    expect(timelineTop(hour(10), [hour(15)], view)).toBe(910 + 30)
  })

  it('stays where a box is wholly in or wholly out', () => {
    expect(timelineTop(hour(10), [hour(14.5), hour(15.2)], view)).toBe(910)
  })

  it('never pushes the present out at the top for it', () => {
    expect(timelineTop(hour(10), [hour(15)], { ...view, labelPx: 90 })).toBe(910)
    expect(timelineTop(hour(17.9), [hour(23.05)], { ...view, labelPx: 300 })).toBeCloseTo(1_700, 6)
  })

  it('is at rest without a layout', () => {
    expect(timelineTop(0.5, [0.6], { dayPx: 0, viewPx: 0, leadPx: 0, labelPx: 0 })).toBe(0)
  })
})

describe('scale of the timeline', () => {
  const isDenseWith = (fromHour: number, minutes: number): boolean =>
    isDense([meeting(at(fromHour), at(fromHour, minutes), 'a', null)], GALLERY_NOW_MS)

  it('grows for quarters of an hour in sight, which are a few pixels high otherwise', () => {
    expect(isDenseWith(11, 15)).toBe(true)
    expect(isDenseWith(10, 20)).toBe(true)
  })

  it('stays for half hours, for what is over and for what is far ahead', () => {
    expect(isDenseWith(11, 30)).toBe(false)
    expect(isDenseWith(9, 15)).toBe(false)
    expect(isDenseWith(17, 15)).toBe(false)
  })
})
