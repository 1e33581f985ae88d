import { describe, expect, it } from 'vitest'
import { createZone } from '../../shared/domain/zonedTime.ts'
import { rangeToRead } from './rangeToRead.ts'

describe('rangeToRead', () => {
  it.each([
    ['2026-11-23T10:00+08:00', '2026-11-24T00:00+08:00'],
    ['2026-11-23T20:59+08:00', '2026-11-24T00:00+08:00'],
    ['2026-11-23T21:01+08:00', '2026-11-25T00:00+08:00'],
  ])('at %s reaches to %s', (now, until) => {
    const range = rangeToRead(createZone('Asia/Shanghai'), Date.parse(now))
    expect(range).toEqual({ fromMs: Date.parse('2026-11-23T00:00+08:00'), untilMs: Date.parse(until) })
  })
})
