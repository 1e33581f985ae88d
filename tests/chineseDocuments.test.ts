import { describe, expect, it } from 'vitest'
import { readRepositoryFile, repositoryFiles } from './repositoryFiles.ts'

/** The pages that are kept in both languages, by the English one's name. */
const pages = repositoryFiles('.zh-CN.md').map((file) => file.replace('.zh-CN.md', '.md'))
const chineseOf = (page: string): string => page.replace('.md', '.zh-CN.md')
const nameOf = (file: string): string => file.split('/').at(-1) ?? file

const fencesOf = (text: string): readonly string[] => text.match(/^```.*?^```$/gms) ?? []
const withoutFences = (text: string): string => text.replace(/^```.*?^```$/gms, '')
const levelsOf = (text: string): readonly number[] =>
  [...withoutFences(text).matchAll(/^(#+) /gm)].map((match) => match[1]!.length)
/** The cells of every table row, the escaped bar of a command left in its cell. */
const rowsOf = (text: string): readonly (readonly string[])[] =>
  withoutFences(text)
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[-|: ]+\|$/.test(line))
    .map((line) => line.split(/(?<!\\)\|/).slice(1, -1))
const codesOf = (cell: string): readonly string[] =>
  [...cell.matchAll(/`[^`]+`/g)].map(([code]) => code).sort()
/** Numbers as facts: limits, defaults, exit codes. */
const numbersOf = (cell: string): readonly string[] => (cell.match(/\d[\d.]*/g) ?? []).slice().sort()

it('the pages an operator needs are there in Chinese', () => {
  expect(pages).toEqual(
    expect.arrayContaining(['README.md', 'docs/kiosk.md', 'docs/settings.md', 'docs/operations.md']),
  )
})

it.each(pages)('%s and its Chinese page name each other', (page) => {
  expect(readRepositoryFile(page)).toContain(`(${nameOf(chineseOf(page))})`)
  expect(readRepositoryFile(chineseOf(page))).toContain(`(${nameOf(page)})`)
})

/** The front page says the same in other proportions; manuals say the same line by line. */
describe.each(pages.filter((page) => page !== 'README.md'))('%s in Chinese', (page) => {
  const english = readRepositoryFile(page)
  const chinese = readRepositoryFile(chineseOf(page))

  // What was added to one page only is what the other's readers never learn.
  it('has the same sections', () => expect(levelsOf(chinese)).toEqual(levelsOf(english)))

  it('has the same commands and files, letter by letter', () =>
    expect(fencesOf(chinese)).toEqual(fencesOf(english)))

  it('has the same rows, with the same names, limits and numbers before their meaning', () => {
    const facts = (text: string) =>
      rowsOf(text).map((cells) => {
        const before = cells.length > 2 ? cells.slice(0, -1) : cells.slice(0, 1)
        return { cells: cells.length, codes: before.map(codesOf), numbers: before.map(numbersOf) }
      })
    const [ours, theirs] = [facts(chinese), facts(english)]
    expect(ours).toHaveLength(theirs.length)
    for (const [index, row] of theirs.entries()) {
      expect(ours[index], rowsOf(english)[index]?.join('|')).toEqual(row)
    }
  })
})
