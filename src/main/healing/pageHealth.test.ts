import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { askAfterMs, newPage, pagePolicy, reducePageHealth } from './pageHealth.ts'
import type { HealthStep, PageSign } from './pageHealth.ts'

function steps(signs: readonly PageSign[]): readonly HealthStep[] {
  let health = newPage
  return signs.map((sign) => {
    const next = reducePageHealth(health, sign)
    health = next.health
    return next.step
  })
}

describe('reducePageHealth', () => {
  it.each<[string, PageSign[], HealthStep]>([
    ['one silence is forgiven', ['missed'], 'none'],
    ['as many silences as allowed are forgiven', ['missed', 'missed', 'missed'], 'none'],
    ['one more ends the process', ['missed', 'missed', 'missed', 'missed'], 'kill'],
    [
      'an answer in between starts the count again',
      ['missed', 'missed', 'missed', 'answered', 'missed'],
      'none',
    ],
    ['a page that has answered is forgiven less', ['answered', 'missed', 'missed', 'missed'], 'kill'],
    ['but two silences', ['answered', 'missed', 'missed'], 'none'],
    ['a hang gets a grace', ['unresponsive'], 'armGrace'],
    ['a second word of the same hang does not arm a second grace', ['unresponsive', 'unresponsive'], 'none'],
    ['a hang that outlasts the grace ends the process', ['unresponsive', 'graceOver'], 'kill'],
    ['a hang that ends in time does not', ['unresponsive', 'responsive', 'graceOver'], 'none'],
    ['an answer ends a hang too', ['unresponsive', 'answered'], 'disarmGrace'],
  ])('%s', (_name, signs, last) => {
    expect(steps(signs).at(-1)).toBe(last)
  })

  it('a page that was alive and falls silent is ended within 45 s: until then an old status may stand on the glass', () => {
    let { health } = reducePageHealth(newPage, 'answered')
    let silentMs = 0
    let step: HealthStep = 'none'
    while (step !== 'kill') {
      silentMs += askAfterMs(health) + pagePolicy.answerWithinMs
      ;({ health, step } = reducePageHealth(health, 'missed'))
    }
    expect(silentMs).toBeLessThanOrEqual(45_000)
  })

  it('a page that never answered yet has most of a minute: a slow tablet starts slowly', () => {
    let health = newPage
    let blankMs = 0
    let step: HealthStep = 'none'
    while (step !== 'kill') {
      blankMs += askAfterMs(health)
      ;({ health, step } = reducePageHealth(health, 'missed'))
    }
    expect(blankMs).toBeGreaterThanOrEqual(50_000)
  })

  it('a page that answers between any silences is never killed', () => {
    const silences = fc.array(fc.integer({ min: 0, max: pagePolicy.missesAllowed }), { maxLength: 50 })
    fc.assert(
      fc.property(silences, (counts) => {
        const signs = counts.flatMap((count) => [
          ...Array<PageSign>(count).fill('missed'),
          'answered' as const,
        ])
        expect(steps(signs)).not.toContain('kill')
      }),
    )
  })
})
