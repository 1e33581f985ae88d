import { describe, expect, it } from 'vitest'
import { HOUR_MS } from '../../shared/domain/duration.ts'
import { freshGpuMemory, gpuAfterFailure, gpuAtStart, gpuMemorySchema } from './gpuPolicy.ts'
import type { GpuMemory } from './gpuPolicy.ts'

const fresh = freshGpuMemory('0.1.0 45.4.1')

const after = (timesMs: readonly number[], memory: GpuMemory = fresh): GpuMemory =>
  timesMs.reduce((known, atMs) => gpuAfterFailure(known, atMs), memory)

describe('graphics across runs', () => {
  it.each<[string, number[], GpuMemory['mode']]>([
    ['two failures are a driver that hiccups', [0, 1], 'hardware'],
    ['the third within a day draws in software', [0, 1, 2], 'software'],
    ['five do not leave the sandbox yet', [0, 1, 2, 3, 4], 'software'],
    ['the sixth does', [0, 1, 2, 3, 4, 5], 'softwareNoSandbox'],
    ['there is nothing below that', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 'softwareNoSandbox'],
    [
      'one a day for weeks is no reason to leave the hardware',
      Array.from({ length: 30 }, (_, day) => day * 25 * HOUR_MS),
      'hardware',
    ],
  ])('%s', (_name, timesMs, mode) => {
    expect(after(timesMs).mode).toBe(mode)
  })

  it('counts failures of a clock that was wrong: a boot without time must not lose them', () => {
    expect(after([4e12, 1, 2]).mode).toBe('software')
  })

  it('keeps safe mode until app or Electron change, then tries the hardware again', () => {
    const safe = after([0, 1, 2])
    expect(gpuAtStart(safe, '0.1.0 45.4.1')).toBe(safe)
    expect(gpuAtStart(safe, '0.1.0 45.4.2')).toEqual(freshGpuMemory('0.1.0 45.4.2'))
  })

  it('what it writes it can read, however long a panel fails', () => {
    const long = after(Array.from({ length: 500 }, (_, index) => index))
    expect(gpuMemorySchema.parse(JSON.parse(JSON.stringify(long)))).toEqual(long)
  })
})
