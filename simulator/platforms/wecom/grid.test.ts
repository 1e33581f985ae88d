import { describe, expect, it } from 'vitest'

import { spanOnGrid } from './grid.ts'

const at = (time: string): number => Date.parse(`2026-03-16T${time}:00+08:00`)
const book = (from: string, to: string, now: string) => spanOnGrid(at(from), at(to), at(now))
const span = (from: string, to: string) => ({ kind: 'span', startMs: at(from), endMs: at(to) })

describe('spanOnGrid', () => {
  it.each([
    ['10:10', '10:40', '09:00', span('10:00', '11:00')],
    ['10:00', '10:30', '09:00', span('10:00', '10:30')],
    ['10:29', '11:01', '09:00', span('10:00', '11:30')],
  ])(
    'rounds %s–%s outwards: a panel that shows what it asked for would be wrong',
    (from, to, now, expected) => {
      expect(book(from, to, now)).toEqual(expected)
    },
  )

  it.each([
    ['10:00', '11:00', '10:15', span('10:00', '11:00')],
    ['10:00', '11:00', '10:16', span('10:30', '11:00')],
    ['16:20', '16:50', '16:20', span('16:30', '17:00')],
    ['10:00', '12:00', '11:20', span('11:30', '12:00')],
  ])('moves %s–%s asked at %s as the documents say', (from, to, now, expected) => {
    expect(book(from, to, now)).toEqual(expected)
  })

  it('refuses what is over, what would move to its own end, and less than half an hour', () => {
    expect(book('10:00', '11:00', '11:00').kind).toBe('past')
    expect(book('10:00', '10:30', '10:16').kind).toBe('past')
    expect(book('10:00', '10:15', '09:00').kind).toBe('tooShort')
  })
})
