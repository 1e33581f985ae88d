import { describe, expect, it } from 'vitest'
import { classifyFault } from './classifyFault.ts'
import { remedyOfLoad } from './loadRetry.ts'
import { isTimeToRestart } from './nightlyRestart.ts'
import type { NightlyFacts } from './nightlyRestart.ts'

describe('remedyOfLoad', () => {
  it('a load that another one replaced, or a frame inside the page, is no failure', () => {
    expect(remedyOfLoad({ errorCode: -3, isMainFrame: true }, 0)).toEqual({ kind: 'ignore' })
    expect(remedyOfLoad({ errorCode: -6, isMainFrame: false }, 0)).toEqual({ kind: 'ignore' })
  })

  it('tries again ever slower for minutes, then asks for a new process', () => {
    const remedies = Array.from({ length: 12 }, (_, failed) =>
      remedyOfLoad({ errorCode: -6, isMainFrame: true }, failed),
    )
    const delays = remedies.flatMap((remedy) => (remedy.kind === 'retry' ? [remedy.delayMs] : []))
    expect(delays).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60, 60].map((seconds) => seconds * 1_000))
    expect(remedies.slice(10)).toEqual([{ kind: 'exit' }, { kind: 'exit' }])
  })
})

describe('classifyFault', () => {
  const coded = (code: string): Error => Object.assign(new Error('failed'), { code })
  it.each([
    new Error('net::ERR_NETWORK_IO_SUSPENDED'),
    new Error('net::ERR_INTERNET_DISCONNECTED'),
    new Error('net::ERR_CONNECTION_RESET at app'),
    coded('ECONNRESET'),
    coded('ENOTFOUND'),
    coded('ENOSPC'),
    coded('ERR_INVALID_STATE'),
    new DOMException('stopped', 'AbortError'),
    new DOMException('too late', 'TimeoutError'),
  ])('%s passes: it must not restart a panel that just woke up', (error) => {
    expect(classifyFault(error)).toBe('passing')
  })

  it.each([
    new TypeError("Cannot read properties of undefined (reading 'rooms')"),
    new RangeError('Maximum call stack size exceeded'),
    new Error('the settings cannot be read'),
    'a string',
    undefined,
    null,
  ])('%s is a bug', (error) => {
    expect(classifyFault(error)).toBe('fatal')
  })
})

describe('isTimeToRestart', () => {
  const quietNight: NightlyFacts = {
    localHour: 3,
    uptimeMs: 21 * 3_600_000,
    untouchedMs: 3_600_000,
    isRoomInUse: false,
    isSupervised: true,
    isUpdateWaiting: false,
  }

  it('takes a quiet night', () => {
    expect(isTimeToRestart(quietNight)).toBe(true)
    expect(isTimeToRestart({ ...quietNight, localHour: 4 })).toBe(true)
  })

  it('an update that waits needs no long day before it, and the same quiet', () => {
    const updated = { ...quietNight, uptimeMs: 600_000, isUpdateWaiting: true }
    expect(isTimeToRestart(updated)).toBe(true)
    expect(isTimeToRestart({ ...updated, isRoomInUse: true })).toBe(false)
    expect(isTimeToRestart({ ...updated, untouchedMs: 60_000 })).toBe(false)
    expect(isTimeToRestart({ ...updated, localHour: 9 })).toBe(false)
  })

  it.each<[string, Partial<NightlyFacts>]>([
    ['nobody would start us again', { isSupervised: false }],
    ['too early', { localHour: 2 }],
    ['too late', { localHour: 5 }],
    ['by day', { localHour: 15 }],
    ['started this night already', { uptimeMs: 19 * 3_600_000 }],
    ['someone is at the door', { untouchedMs: 60_000 }],
    ['a meeting at night', { isRoomInUse: true }],
  ])('not when %s', (_name, facts) => {
    expect(isTimeToRestart({ ...quietNight, ...facts })).toBe(false)
  })
})
