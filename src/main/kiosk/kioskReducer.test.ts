import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reduceKiosk, undisturbed } from './kioskReducer.ts'
import type { Disturbance } from './kioskReducer.ts'

/** Plays disturbances against the reducer, its timer included. @returns when the screen was taken back */
function play(disturbances: readonly { by: Disturbance; atMs: number }[]): readonly number[] {
  let state = undisturbed
  let dueMs: number | null = null
  const assertedAtMs: number[] = []
  const fire = (): void => {
    if (dueMs === null) return
    const atMs = dueMs
    dueMs = null
    const next = reduceKiosk(state, { kind: 'due', atMs })
    state = next.state
    if (next.step.kind === 'assert') assertedAtMs.push(atMs)
  }
  for (const { by, atMs } of disturbances) {
    while (dueMs !== null && dueMs <= atMs) fire()
    const next = reduceKiosk(state, { kind: 'disturbed', by, atMs })
    state = next.state
    if (next.step.kind === 'arm') dueMs = atMs + next.step.delayMs
  }
  fire()
  return assertedAtMs
}

describe('reduceKiosk', () => {
  it('answers a burst once', () => {
    const burst = Array.from({ length: 40 }, (_, index) => ({ by: 'display' as const, atMs: index * 10 }))
    expect(play(burst)).toEqual([1_500])
  })

  it('a fight for the focus settles at six answers a minute', () => {
    const fight = Array.from({ length: 6_000 }, (_, index) => ({ by: 'blur' as const, atMs: index * 100 }))
    const answers = play(fight)
    expect(answers.length).toBeGreaterThan(50)
    for (const atMs of answers) {
      expect(answers.filter((other) => other <= atMs && other > atMs - 60_000).length).toBeLessThanOrEqual(6)
    }
  })

  it('a stray timer takes nothing', () => {
    expect(reduceKiosk(undisturbed, { kind: 'due', atMs: 5 })).toEqual({
      state: undisturbed,
      step: { kind: 'none' },
    })
  })

  it('every disturbance is answered after it happened, within a minute', () => {
    const causes = fc.constantFrom<Disturbance>(
      ...(['blur', 'leftFullScreen', 'moved', 'hidden', 'display', 'resume', 'shown'] as const),
    )
    const list = fc
      .array(fc.record({ by: causes, gapMs: fc.integer({ min: 0, max: 20_000 }) }), {
        minLength: 1,
        maxLength: 100,
      })
      .map((items) => {
        let atMs = 0
        return items.map(({ by, gapMs }) => ({ by, atMs: (atMs += gapMs) }))
      })
    fc.assert(
      fc.property(list, (disturbances) => {
        const answers = play(disturbances)
        for (const { atMs } of disturbances) {
          expect(answers.some((answer) => answer >= atMs && answer <= atMs + 60_000)).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })
})
