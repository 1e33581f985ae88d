import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { climb, faultOf, ladderPolicy, noteAnswer, untroubled } from './repairLadder.ts'
import type { LadderState, PageFault, Repair } from './repairLadder.ts'

/** Feeds faults at given times and collects what is done about them. @param answers whether the page answers after each repair */
function history(
  faults: readonly { fault: PageFault; atMs: number }[],
  answers = true,
): readonly (Repair & { atMs: number })[] {
  let state: LadderState = untroubled
  return faults.map(({ fault, atMs }) => {
    const next = climb(answers ? noteAnswer(state) : state, fault, atMs)
    state = next.state
    return { ...next.repair, atMs }
  })
}

describe('faultOf', () => {
  it.each([
    ['clean-exit', 'crash'],
    ['crashed', 'crash'],
    ['killed', 'crash'],
    ['abnormal-exit', 'crash'],
    ['oom', 'memory'],
    ['memory-eviction', 'memory'],
    ['launch-failed', 'fatal'],
    ['integrity-failure', 'fatal'],
  ] as const)('%s is %s', (reason, fault) => {
    expect(faultOf(reason)).toBe(fault)
  })

  it('a reason of a later Electron is repaired, not ignored', () => {
    expect(faultOf('evaporated' as never)).toBe('crash')
  })
})

describe('climb', () => {
  it('reloads three times in a minute, ever slower, then replaces the window twice, then leaves the process', () => {
    const faults = Array.from({ length: 7 }, (_, index) => ({ fault: 'crash' as const, atMs: index * 1_000 }))
    expect(history(faults).map(({ kind }) => kind)).toEqual([
      ...['reload', 'reload', 'reload', 'recreate', 'recreate', 'exit', 'exit'],
    ])
    const delays = history(faults).flatMap((step) => (step.kind === 'exit' ? [] : [step.delayMs]))
    expect(delays).toEqual([500, 2_000, 8_000, 1_000, 5_000])
  })

  it('a full memory is never answered by a reload: the window kept what filled it', () => {
    const faults = [0, 1, 2].map((atMs) => ({ fault: 'memory' as const, atMs }))
    expect(history(faults).map(({ kind }) => kind)).toEqual(['recreate', 'recreate', 'exit'])
  })

  it('files that changed under the app end the process at once instead of thousands of reloads', () => {
    expect(history([{ fault: 'fatal', atMs: 0 }])).toEqual([{ kind: 'exit', atMs: 0 }])
  })

  it('a crash now and then is only ever reloaded', () => {
    const faults = Array.from({ length: 500 }, (_, index) => ({
      fault: 'crash' as const,
      atMs: index * 61_000,
    }))
    expect(new Set(history(faults).map(({ kind }) => kind))).toEqual(new Set(['reload']))
  })

  it('climbs to a new process while no answer comes, however slowly: an hour between two faults forgets nothing', () => {
    const faults = Array.from({ length: 6 }, (_, index) => ({
      fault: 'crash' as const,
      atMs: index * 3_600_000,
    }))
    const kinds = history(faults, false).map(({ kind }) => kind)
    expect(kinds).toEqual(['reload', 'reload', 'reload', 'recreate', 'recreate', 'exit'])
  })

  it('a process that would not die gets a new window, never a reload into itself; a second one that answers to nothing ends it all', () => {
    const twice = [0, 142_000].map((atMs) => ({ fault: 'stuck' as const, atMs }))
    expect(history(twice, false).map(({ kind }) => kind)).toEqual(['recreate', 'exit'])
    expect(history(twice, true).map(({ kind }) => kind)).toEqual(['recreate', 'recreate'])
  })

  const faults = fc
    .array(
      fc.record({
        fault: fc.constantFrom<PageFault>('crash', 'crash', 'crash', 'memory'),
        gapMs: fc.integer({ min: 0, max: 90_000 }),
      }),
      { maxLength: 200 },
    )
    .map((list) => {
      let atMs = 0
      return list.map(({ fault, gapMs }) => ({ fault, atMs: (atMs += gapMs) }))
    })

  it('never reloads more than three times in any minute, nor replaces more than two windows in any ten', () => {
    fc.assert(
      fc.property(faults, (list) => {
        const steps = history(list)
        for (const { atMs } of steps) {
          const within = (kind: string, windowMs: number) =>
            steps.filter((step) => step.kind === kind && step.atMs <= atMs && step.atMs > atMs - windowMs)
              .length
          expect(within('reload', ladderPolicy.reloadWindowMs)).toBeLessThanOrEqual(3)
          expect(within('recreate', ladderPolicy.recreateWindowMs)).toBeLessThanOrEqual(2)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('always answers, and a page that keeps dying ends in a new process', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5_000 }), (gapMs) => {
        const steps = history(
          Array.from({ length: 20 }, (_, index) => ({ fault: 'crash', atMs: index * gapMs })),
        )
        expect(steps).toHaveLength(20)
        expect(steps.some(({ kind }) => kind === 'exit')).toBe(true)
      }),
    )
  })
})
