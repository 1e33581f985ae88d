// @vitest-environment node
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createI18n } from 'vue-i18n'
import { providerErrorKinds } from '../../../shared/domain/providerErrorKind.ts'
import { roomStatusKinds } from '../../../shared/domain/roomStatus.ts'
import { precompiledMessages } from '../../../../vite.renderer.config.ts'
import { createDisplayI18n, messages } from './createDisplayI18n.ts'
import type { Translate } from './createDisplayI18n.ts'

type Tree = { readonly [key: string]: string | Tree }

function flatten(tree: Tree, prefix = ''): readonly (readonly [string, string])[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as const] : flatten(value, `${prefix}${key}.`),
  )
}

const chinese = new Map(flatten(messages['zh-CN']))
const english = new Map(flatten(messages['en-US']))
const placeholders = (text: string): readonly string[] =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!))].sort()

describe('texts', () => {
  it('have the same keys in both languages', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort())
  })

  it('have the same named parts in both languages', () => {
    for (const [key, text] of chinese) {
      expect([key, placeholders(english.get(key) ?? '')]).toEqual([key, placeholders(text)])
    }
  })

  it('are never empty', () => {
    expect([...chinese, ...english].filter(([, text]) => text.trim() === '')).toEqual([])
  })

  it.each(roomStatusKinds)('name the state %s', (kind) => {
    expect([chinese.get(`status.${kind}`), english.get(`status.${kind}`)]).not.toContain(undefined)
  })

  it.each(providerErrorKinds)('say of %s what is wrong and what is being done', (kind) => {
    expect([...chinese.keys()]).toEqual(expect.arrayContaining([`cause.${kind}`, `remedy.${kind}`]))
  })

  it('have a remedy for every cause', () => {
    expect(Object.keys(messages['zh-CN'].remedy).sort()).toEqual(Object.keys(messages['zh-CN'].cause).sort())
  })

  it('use full-width punctuation in Chinese and only there', () => {
    const halfWidth = /[\u4e00-\u9fff}]\s?[,;:!?()]|[,;:!?()]\s?[\u4e00-\u9fff{]/
    expect([...chinese].filter(([, text]) => halfWidth.test(text))).toEqual([])
    expect([...english].filter(([, text]) => /[\u3000-\u303f\uff00-\uffef\u4e00-\u9fff]/.test(text))).toEqual(
      [],
    )
  })

  it('use no apostrophe that a Chinese face would set as wide as an ideograph', () => {
    expect([...english].filter(([, text]) => /[’‘“”]/.test(text))).toEqual([])
  })

  it('are all used', () => {
    const root = new URL('..', import.meta.url).pathname
    const source = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(?:ts|vue)$/.test(file) && !file.endsWith('.test.ts'))
      .map((file) => readFileSync(join(root, file), 'utf8'))
      .join('\n')
    // `cause.${cause}` uses every text below `cause.`
    const families = [...source.matchAll(/\bt\(\s*`([\w.]+\.)\$\{/g)].map((match) => match[1]!)
    const unused = [...chinese.keys()].filter(
      (key) => !source.includes(`'${key}'`) && !families.some((family) => key.startsWith(family)),
    )
    expect(unused).toEqual([])
  })
})

describe('texts compiled by the build', () => {
  const { transform } = precompiledMessages()
  const handler = typeof transform === 'object' ? transform.handler : undefined
  const compile = (tree: Tree): Tree => {
    // The handler uses nothing of the bundler's context.
    const result = (handler as unknown as (source: string) => { code: string })(JSON.stringify(tree))
    return JSON.parse(result.code) as Tree
  }
  const named = {
    name: '王博',
    time: '10:00',
    duration: '5 min',
    countdown: '0:05',
    platform: 'X',
    h: 1,
    m: 2,
    s: 3,
  }

  it.each(['zh-CN', 'en-US'] as const)('say the same as the originals in %s', (locale) => {
    const compiled = createI18n({
      legacy: false,
      locale,
      messages: { [locale]: compile(messages[locale]) } as never,
    })
    const original = createDisplayI18n(locale)
    for (const key of chinese.keys()) {
      for (const n of [1, 2]) {
        const say = ({ global }: { global: unknown }): string =>
          (global as { t: Translate }).t(key, { ...named, n }, n)
        expect(say(compiled)).toBe(say(original))
      }
    }
  })

  it('leave no placeholder as text, for no compiler ships', () => {
    const left = flatten(compile(messages['en-US'])).filter(([key, text]) => {
      const isLeaf = typeof text === 'string' && !/\.(?:t|k|v|s|b|c|i)(?:\.|$)/.test(key)
      return isLeaf && /[{|]/.test(text)
    })
    expect(left).toEqual([])
  })
})
