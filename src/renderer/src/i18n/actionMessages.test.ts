// @vitest-environment node
import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { apiErrorCodes } from '../../../shared/api/errors.ts'
import { actionRefusals } from '../../../shared/domain/action.ts'
import { actionText } from '../display/actionText.ts'
import type { Press, PressResult } from '../display/Press.ts'
import { at, GALLERY_NOW_MS, galleryConfig } from '../gallery/gallerySnapshot.ts'
import { createTimeFormat } from '../time/createTimeFormat.ts'
import { actionMessages, addActionTexts } from './addActionTexts.ts'
import { createDisplayI18n, messages } from './createDisplayI18n.ts'
import type { Translate } from './createDisplayI18n.ts'

type Tree = { readonly [key: string]: string | Tree }

const flatten = (tree: Tree, prefix = ''): readonly (readonly [string, string])[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as const] : flatten(value, `${prefix}${key}.`),
  )
const chinese = new Map(flatten(actionMessages['zh-CN']))
const english = new Map(flatten(actionMessages['en-US']))
// Taken before anything is added: the merge below works on the very same object.
const displayed = new Set(flatten(messages['zh-CN']).map(([key]) => key))
const parts = (text = ''): readonly string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()

function context(language: 'zh-CN' | 'en-US') {
  const i18n = createDisplayI18n(language)
  addActionTexts(i18n.global)
  const t: Translate = (key, named = {}) => (i18n.global as unknown as { t: Translate }).t(key, named)
  return { t, format: createTimeFormat({ ...galleryConfig, language }), nowMs: GALLERY_NOW_MS }
}

const presses: readonly Press[] = [
  { name: 'book', startMs: null, minutes: 15 },
  { name: 'extend', meetingId: 'secret-id', minutes: 15 },
  { name: 'end', meetingId: 'secret-id' },
  { name: 'checkIn', meetingId: 'secret-id' },
]
const results: readonly PressResult[] = [
  ...actionRefusals.flatMap((reason): PressResult[] => [
    { kind: 'refused', reason },
    { kind: 'refused', reason, waitMs: 61_000 },
  ]),
  ...apiErrorCodes.flatMap((code): PressResult[] => [
    { kind: 'error', code },
    { kind: 'error', code, waitMs: 61_000 },
  ]),
  { kind: 'unclear' },
  { kind: 'done', meeting: null },
  { kind: 'done', meeting: { id: 'secret-id', startMs: at(17, 30), endMs: at(18) } },
]
const codes = [...actionRefusals, ...apiErrorCodes]

describe.each(['zh-CN', 'en-US'] as const)('whatever comes of a press, in %s', (language) => {
  const words = context(language)
  const all = presses.flatMap((press) =>
    results.map((result) => ({ press, result, text: actionText(press, result, words).text })),
  )

  it('is a sentence: no key, no code, no placeholder, nothing empty', () => {
    expect(all).toHaveLength(presses.length * results.length)
    for (const { text, result } of all) {
      const isWord = language === 'zh-CN' ? /[\u4e00-\u9fff]{2}/ : /[A-Z][a-z]+/
      expect(text, JSON.stringify(result)).toMatch(isWord)
      expect(text).not.toMatch(/actions\.|[{}]|undefined|null|NaN|secret-id/)
    }
  })

  it('says no code of ours in Chinese, and none with a capital inside in English', () => {
    for (const { text } of all) {
      const found = codes.filter((code) =>
        language === 'zh-CN' || /[A-Z]/.test(code) ? new RegExp(`\\b${code}\\b`).test(text) : false,
      )
      expect(found, text).toEqual([])
    }
  })

  it('has one sentence of its own for each refusal', () => {
    const of = (reason: (typeof actionRefusals)[number]) =>
      actionText(presses[0]!, { kind: 'refused', reason }, words).text
    expect(new Set(actionRefusals.map(of)).size).toBe(actionRefusals.length)
  })

  it('says with every refusal what to do: a second sentence', () => {
    const end = language === 'zh-CN' ? /。.+。$/ : /[.].+[.]$|;.+[.]$/
    for (const reason of actionRefusals) {
      expect(actionText(presses[0]!, { kind: 'refused', reason }, words).text).toMatch(end)
    }
  })

  it('says what the calendar says, not what was asked for', () => {
    const booked: PressResult = { kind: 'done', meeting: { id: 'm', startMs: at(17, 30), endMs: at(18) } }
    expect(actionText(presses[0]!, booked, words).text).toContain('17:30 – 18:00')
    expect(actionText(presses[1]!, booked, words).text).toContain('18:00')
  })

  it('names the time to wait after too many wrong PINs', () => {
    const wait = language === 'zh-CN' ? '1 分 01 秒' : '1:01'
    expect(
      actionText(presses[0]!, { kind: 'refused', reason: 'locked', waitMs: 61_000 }, words).text,
    ).toContain(wait)
    expect(actionText(presses[0]!, { kind: 'error', code: 'locked', waitMs: 61_000 }, words).text).toContain(
      wait,
    )
  })

  it('never calls a lost answer a refusal: the request may have arrived', () => {
    expect(actionText(presses[0]!, { kind: 'error', code: 'unavailable' }, words).tone).toBe('unclear')
    expect(actionText(presses[0]!, { kind: 'unclear' }, words).tone).toBe('unclear')
  })
})

describe('the texts of the actions', () => {
  it('are the same in both languages, part by part', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort())
    for (const [key, text] of chinese) expect([key, parts(english.get(key))]).toEqual([key, parts(text)])
  })

  it('hide none of the display', () => {
    expect([...chinese.keys()].filter((key) => displayed.has(key))).toEqual([])
  })

  it('use full-width punctuation in Chinese and only there', () => {
    const halfWidth = /[\u4e00-\u9fff}]\s?[,;:!?()]|[,;:!?()]\s?[\u4e00-\u9fff{]/
    expect([...chinese].filter(([, text]) => halfWidth.test(text))).toEqual([])
    expect(
      [...english].filter(([, text]) => /[\u3000-\u303f\uff00-\uffef\u4e00-\u9fff’‘“”]/.test(text)),
    ).toEqual([])
  })

  it('are all used', () => {
    const root = resolve('src/renderer/src')
    const source = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(?:ts|vue)$/.test(file) && !file.endsWith('.test.ts'))
      .map((file) => readFileSync(join(root, file), 'utf8'))
      .join('\n')
    const families = [...source.matchAll(/\bt\(\s*`([\w.]+\.)\$\{/g)].map((match) => match[1]!)
    const unused = [...chinese.keys()].filter(
      (key) => !source.includes(`'${key}'`) && !families.some((family) => key.startsWith(family)),
    )
    expect(unused).toEqual([])
  })
})
