import { describe, expect, it } from 'vitest'
import type { CommandOutcome } from '../machine/RunCommand.ts'
import { askTimeSync, checkFonts, judgeDisk } from './checkMachine.ts'

const ended = (output: string, exitCode = 0): CommandOutcome => ({ kind: 'ended', output, exitCode })
const answers =
  (byArgument: Readonly<Record<string, CommandOutcome>>) => (_command: string, args: readonly string[]) =>
    Promise.resolve(byArgument[args[0] ?? ''] ?? ({ kind: 'absent' } as const))

describe('checkFonts', () => {
  it.each<[string, string, string, string]>([
    ['Noto Sans CJK SC,Noto Sans CJK SC Bold\n', 'Noto Color Emoji\n', 'ok', 'fontsFine'],
    // A minimal Debian: every Chinese sign is a box.
    ['', 'Noto Color Emoji\n', 'fail', 'fontsNoCjk'],
    ['WenQuanYi Zen Hei\n', '', 'warn', 'fontsNoEmoji'],
  ])('Chinese %j, emoji %j: %s, %s', async (cjk, emoji, outcome, text) => {
    const run = answers({ ':lang=zh-cn': ended(cjk), ':lang=und-zsye': ended(emoji) })
    expect(await checkFonts('linux', run)).toMatchObject({ outcome, text })
  })

  it('says what it cannot look at', async () => {
    expect(await checkFonts('linux', answers({}))).toMatchObject({ outcome: 'unknown', text: 'fontsNoTool' })
    expect(await checkFonts('win32', answers({}))).toMatchObject({ outcome: 'unknown', text: 'fontsSystem' })
  })
})

it.each<[CommandOutcome, boolean | null]>([
  [ended('yes\n'), true],
  [ended('no\n'), false],
  // In a container there is no bus to ask.
  [ended('', 1), null],
  [{ kind: 'absent' }, null],
  [{ kind: 'overdue' }, null],
])('time synchronisation: %j is %s', async (outcome, expected) => {
  expect(await askTimeSync('linux', () => Promise.resolve(outcome))).toBe(expected)
})

it.each<[string, number | null, number | null, string, string]>([
  ['', 9000, 10_000, 'ok', 'diskFine'],
  ['', 9000, null, 'ok', 'diskFine'],
  ['', 200, 10_000, 'warn', 'diskLow'],
  ['', 10, 10_000, 'fail', 'diskFull'],
  // Plenty of room and not one file more.
  ['', 9000, 0, 'fail', 'diskNoFiles'],
  ['EROFS', null, null, 'fail', 'diskReadOnly'],
  ['EACCES', null, null, 'fail', 'diskForbidden'],
  ['ENOTDIR', null, null, 'fail', 'diskNotAFolder'],
  ['EIO', null, null, 'fail', 'failed'],
])('disk: %j with %s MB and %s files is %s, %s', (writeCode, freeMegabytes, freeFiles, outcome, text) => {
  expect(judgeDisk({ folder: '/var/lib/doorplate', writeCode, freeMegabytes, freeFiles })).toMatchObject({
    outcome,
    text,
  })
})
