import { describe, expect, it } from 'vitest'
import { serverTimeOffset } from './serverTimeOffset.ts'

const SENT_MS = Date.UTC(2026, 2, 16, 2, 0, 0)
const exchange = {
  date: 'Mon, 16 Mar 2026 02:05:00 GMT',
  age: null,
  sentAtMs: SENT_MS,
  answeredAtMs: SENT_MS + 1000,
  elapsedMs: 1000,
}

describe('serverTimeOffset', () => {
  it('compares the middle of the second with the middle of the exchange', () => {
    expect(serverTimeOffset(exchange)).toBe(300_000)
  })

  it('holds still while a right clock meets the header’s blur', () => {
    const offsets = Array.from({ length: 10 }, (_, tenth) =>
      serverTimeOffset({
        ...exchange,
        date: 'Mon, 16 Mar 2026 02:00:00 GMT',
        sentAtMs: SENT_MS + tenth * 100,
        answeredAtMs: SENT_MS + tenth * 100 + 200,
        elapsedMs: 200,
      }),
    )
    expect(new Set(offsets)).toEqual(new Set([0]))
  })

  it('says nothing when the device clock was set during the exchange', () => {
    expect(serverTimeOffset({ ...exchange, answeredAtMs: SENT_MS + 3_600_000 })).toBeNull()
  })

  it('says nothing after an exchange too slow to place the header', () => {
    expect(serverTimeOffset({ ...exchange, answeredAtMs: SENT_MS + 9000, elapsedMs: 9000 })).toBeNull()
  })
})
