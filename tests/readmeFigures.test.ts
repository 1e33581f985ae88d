import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readRepositoryFile } from './repositoryFiles.ts'

const { figures } = z
  .object({
    figures: z.array(
      z.object({
        name: z.string(),
        unit: z.string(),
        ours: z.number(),
        target: z.number().nullable(),
        peer: z.number().nullable(),
      }),
    ),
  })
  .parse(JSON.parse(readRepositoryFile('bench/results/latest.json')))

const readme = readRepositoryFile('README.md').split('\n')

/** Where the README quotes a figure: a line by its beginning, a cell of it (0 is the whole of a line without cells), a number of that. */
interface Quote {
  readonly figure: string
  readonly field: 'ours' | 'target' | 'peer'
  readonly line: string
  readonly cell: number
  readonly nth: number
}

const quote = (figure: string, line: string, more: Partial<Quote> = {}): Quote => ({
  figure,
  line,
  field: 'ours',
  cell: 2,
  nth: 0,
  ...more,
})

/** A row whose cells are: what, ours, target. */
const row = (figure: string, line: string): readonly Quote[] => [
  quote(figure, line),
  quote(figure, line, { field: 'target', cell: 3 }),
]

/** A row whose cells are: what, ours, the empty app. */
const beside = (figure: string, line: string): readonly Quote[] => [
  quote(figure, line),
  quote(figure, line, { field: 'peer', cell: 3 }),
]

const months = ['DingTalk', 'Feishu', 'WeCom'].flatMap((platform) =>
  [1, 5, 25].flatMap((rooms) => {
    const name = `month, ${platform}, ${rooms} room${rooms === 1 ? '' : 's'}`
    const line = `| ${platform}, ${rooms} |`
    return [
      quote(`${name}: calls`, line, { cell: 3 }),
      quote(`${name}: calls`, line, { cell: 6, field: 'peer' }),
      quote(`${name}: age in office hours, median`, line, { cell: 4 }),
    ]
  }),
)

const PRESS = 'progress within'
const quotes: readonly Quote[] = [
  ...row('opening: last plan on screen', '| navigation → last plan'),
  ...row('opening: script', '| script of the display'),
  ...row('opening: requests', '| requests until shown'),
  ...row('quiet minute: CPU of the page', '| quiet minute: processor of the page'),
  ...row('quiet minute: changes of the page', '| quiet minute: changes'),
  ...row('quiet minute: heap after collection', '| heap after collection'),
  ...row('meeting starts or ends: on the door after', '| meeting starts or ends'),
  quote('start: main process to its window', '| built main process → its window'),
  quote('start: main process to the last plan', '| built main process → last plan'),
  quote('size: main, preload and pages', '| size of main'),
  quote('a day: heap of the main process after it', '| main process after 24'),
  quote('a day: growth of that heap', '| main process after 24', { nth: 1 }),
  ...beside('runtime: cold start to its window', '| cold start → its window'),
  ...beside('runtime: cold start to the last plan', '| cold start → last plan'),
  ...beside('runtime: warm start to its window', '| warm start → its window'),
  ...beside('runtime: warm start to the last plan', '| warm start → last plan'),
  ...beside('runtime: memory after an idle hour', '| memory of all processes'),
  ...beside('runtime: CPU of a quiet minute', '| processor of all processes'),
  quote('runtime: growth of the heap of the page', '| heap of the page'),
  quote('runtime: growth of the heap of main', '| heap of the main process'),
  quote('actions: press to visible progress', PRESS, { cell: 0, nth: 0 }),
  ...['WeCom', 'DingTalk', 'Feishu'].map((platform, index) =>
    quote(`actions: press to what the calendar says, ${platform}`, PRESS, { cell: 0, nth: index + 1 }),
  ),
  ...months,
]

/** Figures the README does not quote; those of the last two stand there as a rule, not as a number. */
const unquoted: readonly string[] = [
  'opening: work of the page',
  'release: rooms taken from people who checked in, unfairly, or twice',
  'presses: times booked twice, presses sent twice or blindly, untrue answers',
]

/** A number as people read it: its sign, its decimals, and a unit that may be another than the figure's. */
const numbers =
  /(?<sign>[+−-]?)(?<digits>\d[\d,]*(?:\.(?<decimals>\d+))?) ?(?<unit>ms|s|min|%|MB|KiB)?(?!\w)/g

/** From the figure's unit to the one it is quoted in. */
const factors: Readonly<Record<string, number>> = { 'ms>s': 1 / 1000, 's>min': 1 / 60 }

/** @returns what is written, and what should be by the figure, at as many decimals */
function compare(text: string, nth: number, value: number, unit: string): readonly [string, string] {
  const found = [...text.matchAll(numbers)][nth]?.groups
  if (found === undefined) return [`no number ${nth} in: ${text}`, String(value)]
  const factor = factors[`${unit}>${found['unit'] ?? ''}`] ?? 1
  const written = (found['digits'] ?? '').replaceAll(',', '')
  const isNegative = found['sign'] === '-' || found['sign'] === '−'
  return [`${isNegative ? '-' : ''}${written}`, (value * factor).toFixed(found['decimals']?.length ?? 0)]
}

function textOf({ line, cell }: Quote): string {
  const found = readme.filter((one) => one.startsWith(line))
  expect(found, `lines that begin with "${line}"`).toHaveLength(1)
  return (cell === 0 ? found[0] : found[0]?.split('|')[cell]) ?? ''
}

// A figure measured anew beside one that stayed: readers would be told what no longer holds.
describe('figures of the README', () => {
  it.each(quotes)('$figure ($field) is what the last run of the benchmarks measured', (one) => {
    const text = textOf(one)
    const figure = figures.find(({ name }) => name === one.figure)
    const value = figure?.[one.field]
    if (figure === undefined || value === null || value === undefined) return
    const [written, measured] = compare(text, one.nth, value, figure.unit)
    expect(written).toBe(measured)
  })

  // A renamed figure would be compared with nothing.
  it('know every figure of the last run', () => {
    const known = new Set([...quotes.map(({ figure }) => figure), ...unquoted])
    expect(figures.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([])
  })

  it.each([
    ['0.76 s', 0, 756, 'ms', '0.76', '0.76'],
    ['17.1 MB, +0.89 MB', 1, 0.891, 'MB', '0.89', '0.89'],
    ['17.1 MB, −0.89 MB', 1, -0.891, 'MB', '-0.89', '-0.89'],
    ['4,400', 0, 4401, '', '4400', '4401'],
    ['2.1 min', 0, 124, 's', '2.1', '2.1'],
  ])('reads number %$ of "%s"', (text, nth, value, unit, written, measured) => {
    expect(compare(text, nth, value, unit)).toEqual([written, measured])
  })
})
