import { describe, expect, it } from 'vitest'
import type { Translate } from '../i18n/createDisplayI18n.ts'
import { ageText } from './ageText.ts'
import { isSame } from './isSame.ts'
import { strengthName } from './strengthName.ts'
import { waitText } from './waitText.ts'

describe('waitText', () => {
  // Zero before the end would invite a press that is refused.
  it.each([
    [0, '0:00'],
    [1, '0:01'],
    [1_000, '0:01'],
    [59_001, '1:00'],
    [65_000, '1:05'],
    [3_600_000, '60:00'],
    [-5, '0:00'],
  ])('%i ms reads %s', (ms, text) => {
    expect(waitText(ms)).toBe(text)
  })
})

describe('ageText', () => {
  it.each([
    [9_400, 'n=9 seconds'],
    [119_999, 'n=119 seconds'],
    [120_000, 'n=2 minutes'],
    [7_199_999, 'n=119 minutes'],
    [7_200_000, 'n=2 hours'],
    [172_800_000, 'n=2 days'],
    [-1, 'n=0 seconds'],
  ])('%i ms', (ms, expected) => {
    const spy: Translate = (key, named) => `n=${String(named?.['n'])} ${key.split('.').at(-1)!}`
    expect(ageText(ms, spy)).toBe(expected)
  })
})

describe('isSame', () => {
  it.each([
    [{ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 }, true],
    [{ a: 1, b: undefined }, { a: 1 }, true],
    [{ a: 1 }, { a: 1, b: undefined }, true],
    [{ a: 1 }, { a: 1, b: null }, false],
    [[1, 2], [2, 1], false],
    [[], {}, false],
    [NaN, NaN, true],
    [null, {}, false],
    ['1', 1, false],
  ])('%j and %j: %s', (a, b, expected) => {
    expect(isSame(a, b)).toBe(expected)
    expect(isSame(b, a)).toBe(expected)
  })
})

it('a strength nobody knows is no strength', () => {
  expect([strengthName('sealed'), strengthName('quantum')]).toEqual(['sealed', 'unavailable'])
})
