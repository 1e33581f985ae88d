// @vitest-environment node
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { roomStatusKinds } from '../../../shared/domain/roomStatus.ts'
import { contrast, isInGamut, lightness, parseOklch, seenBy, visions } from './testing/colour.ts'
import type { LinearRgb, Vision } from './testing/colour.ts'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')

/** Declarations of the block with exactly this selector. */
function tokens(selector: string): ReadonlyMap<string, LinearRgb> {
  const block = css.split('\n  }').find((part) => part.includes(`\n  ${selector} {`))
  if (!block) throw new Error(`no ${selector}`)
  return new Map(
    [...block.matchAll(/--([\w-]+): (oklch\([^)]*\))/g)].map(([, name, value]) => [
      name!,
      parseOklch(value!),
    ]),
  )
}

const themes = ['light', 'dark'] as const
const allVisions = Object.keys(visions) as Vision[]
const statusTokens = (theme: string, status: string) =>
  tokens(`[data-theme='${theme}'][data-status='${status}']`)
const pick = (map: ReadonlyMap<string, LinearRgb>, name: string): LinearRgb => {
  const value = map.get(name)
  if (!value) throw new Error(`no --${name}`)
  return value
}

describe.each(themes)('%s theme', (theme) => {
  describe.each(roomStatusKinds)('%s', (status) => {
    const colours = statusTokens(theme, status)

    it.each(allVisions)('is readable with %s vision, on its ground and on its pattern', (vision) => {
      for (const ink of ['ink', 'ink-soft']) {
        for (const ground of ['field', 'disc']) {
          const ratio = contrast(seenBy(vision, pick(colours, ink)), seenBy(vision, pick(colours, ground)))
          expect(ratio, `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5)
        }
      }
    })

    it('shows its pattern without shouting', () => {
      const ratio = contrast(pick(colours, 'field'), pick(colours, 'disc'))
      expect(ratio).toBeGreaterThan(1.08)
      expect(ratio).toBeLessThan(1.6)
    })
  })

  it.each(allVisions)('the states stand on a ladder of lightness with %s vision', (vision) => {
    const ladder = [
      'free',
      'soon',
      'checkIn',
      'unconfigured',
      'pending',
      'unknown',
      'busy',
      'outOfService',
    ] as const
    expect([...ladder].sort()).toEqual([...roomStatusKinds].sort())
    const steps = ladder.map((status) =>
      lightness(seenBy(vision, pick(statusTokens(theme, status), 'field'))),
    )
    for (const [index, step] of steps.slice(1).entries()) {
      expect(steps[index]! - step, `${ladder[index]!} to ${ladder[index + 1]!}`).toBeGreaterThan(5)
    }
  })

  it.each(allVisions)('free and not free are worlds apart with %s vision', (vision) => {
    const of = (status: string) => lightness(seenBy(vision, pick(statusTokens(theme, status), 'field')))
    for (const status of ['busy', 'pending', 'unknown', 'outOfService']) {
      expect(of('free') - of(status), status).toBeGreaterThan(35)
    }
  })

  it('the day beside it is readable', () => {
    const colours = tokens(`[data-theme='${theme}']`)
    for (const text of ['text', 'text-soft']) {
      for (const ground of ['paper', 'slot', 'slot-past']) {
        expect(
          contrast(pick(colours, text), pick(colours, ground)),
          `${text} on ${ground}`,
        ).toBeGreaterThanOrEqual(4.5)
      }
    }
    expect(contrast(pick(colours, 'warn'), pick(colours, 'paper'))).toBeGreaterThanOrEqual(4.5)
    expect(contrast(pick(colours, 'now'), pick(colours, 'paper'))).toBeGreaterThanOrEqual(3)
  })
})

it('every colour is one a screen can show as it is written', () => {
  const all = [...css.matchAll(/--[\w-]+: (oklch\([^)]*\))/g)].map(([, value]) => value!)
  expect(all.length).toBeGreaterThan(70)
  expect(all.filter((value) => !isInGamut(parseOklch(value)))).toEqual([])
})

describe('the arithmetic itself', () => {
  it.each([
    ['oklch(1 0 0)', 'oklch(0 0 0)', 21],
    // #767676 on white, the grey everybody knows for its 4.54.
    ['oklch(1 0 0)', 'oklch(0.5657 0 0)', 4.54],
  ])('%s against %s is %s', (a, b, ratio) => {
    expect(contrast(parseOklch(a), parseOklch(b))).toBeCloseTo(ratio, 1)
  })

  it('sees pure red as dark brown with protanopia', () => {
    const red = parseOklch('oklch(0.62796 0.25768 29.2339)')
    expect(red[0]).toBeCloseTo(1, 2)
    expect(lightness(seenBy('protanopia', red))).toBeLessThan(lightness(red) - 5)
  })
})
