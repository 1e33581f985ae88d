// @vitest-environment node
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { contrast, isInGamut, parseOklch } from '../../styles/testing/colour.ts'
import type { LinearRgb } from '../../styles/testing/colour.ts'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

/** Plain colours of one theme: the display's own and what the settings add. */
function colours(theme: 'light' | 'dark'): ReadonlyMap<string, LinearRgb> {
  const css = [read('../../styles/tokens.css'), read('./settings.css')].join('\n')
  const blocks = [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)].filter(([, selector = '']) => {
    const last = selector.trim().split('\n').at(-1)!.trim()
    return last === `[data-theme='${theme}']` || last === `.settings[data-theme='${theme}']`
  })
  const pairs = blocks.flatMap(([, , body = '']) => [...body.matchAll(/--([\w-]+):\s*(oklch\([\d. ]+\))/g)])
  return new Map(pairs.map(([, name = '', value = '']) => [name, parseOklch(value)]))
}

/** Words, on every ground they stand on. */
const words = [
  ['text', ['paper', 'raised', 'fill', 'key', 'key-quiet', 'key-down', 'bad-wash', 'warn-wash']],
  ['text-soft', ['paper', 'raised', 'fill', 'keys', 'bad-wash', 'warn-wash', 'accent-wash']],
  ['paper', ['text']],
  ['accent', ['paper', 'fill', 'accent-wash']],
  ['bad', ['paper', 'raised']],
  ['warn', ['paper']],
  ['good', ['paper']],
] as const

/** Signs and edges that carry a meaning alone: 3:1 will do. */
const signs = [
  ['edge', ['paper', 'raised']],
  ['bad', ['bad-wash']],
  ['warn', ['warn-wash']],
  ['good', ['fill']],
  ['accent', ['fill']],
] as const

describe.each(['light', 'dark'] as const)('%s settings', (theme) => {
  const known = colours(theme)
  const ratio = (a: string, b: string): number => contrast(known.get(a)!, known.get(b)!)

  it('use colours a screen can show', () => {
    expect(known.size).toBeGreaterThan(15)
    expect([...known].filter(([, rgb]) => !isInGamut(rgb)).map(([name]) => name)).toEqual([])
  })

  it.each(words.flatMap(([ink, grounds]) => grounds.map((ground) => [ink, ground] as const)))(
    '%s can be read on %s',
    (ink, ground) => {
      expect(ratio(ink, ground)).toBeGreaterThanOrEqual(4.5)
    },
  )

  it.each(signs.flatMap(([ink, grounds]) => grounds.map((ground) => [ink, ground] as const)))(
    '%s can be seen on %s',
    (ink, ground) => {
      expect(ratio(ink, ground)).toBeGreaterThanOrEqual(3)
    },
  )
})
