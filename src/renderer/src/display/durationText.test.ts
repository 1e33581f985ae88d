import { describe, expect, it } from 'vitest'
import { translator } from '../i18n/testing/translator.ts'
import { countdown, timeLeft, timePassed } from './durationText.ts'

const en = translator('en-US')
const zh = translator('zh-CN')
const minutes = (count: number): number => count * 60_000

describe('time left', () => {
  it.each([
    [1, '1 min'],
    [60_000, '1 min'],
    [60_001, '2 min'],
    [minutes(59), '59 min'],
    [minutes(60), '1 h'],
    [minutes(60) + 1, '1 h 1 min'],
    [minutes(125), '2 h 5 min'],
    [minutes(2_880), '2 days'],
  ])('of %s ms is %s', (ms, text) => {
    expect(timeLeft(ms, en)).toBe(text)
  })

  it('never says zero: a meeting that ends this second still has its last minute', () => {
    expect(timeLeft(0, zh)).toBe('1 分钟')
  })
})

describe('time passed', () => {
  it.each([
    [0, '0 min'],
    [59_999, '0 min'],
    [minutes(38), '38 min'],
    [minutes(61), '1 h 1 min'],
    [minutes(2_879), '47 h 59 min'],
  ])('of %s ms is %s', (ms, text) => {
    expect(timePassed(ms, en)).toBe(text)
  })
})

describe('countdown', () => {
  it.each([
    [692_000, '11:32', '11 分 32 秒'],
    [691_001, '11:32', '11 分 32 秒'],
    [60_000, '1:00', '1 分 00 秒'],
    [1, '0:01', '0 分 01 秒'],
    [-5, '0:00', '0 分 00 秒'],
  ])('of %s ms is %s', (ms, english, chinese) => {
    expect(countdown(ms, en)).toBe(english)
    expect(countdown(ms, zh)).toBe(chinese)
  })
})
