import { expect, it } from 'vitest'
import { textLanguage } from './textLanguage.ts'

it.each([
  ['供应链周会', 'zh-CN'],
  ['Q4 复盘', 'zh-CN'],
  ['四半期レビュー', 'ja'],
  ['분기 검토', 'ko'],
  ['Weekly', 'en'],
  ['3F-01', 'en'],
  ['2026 / 11', undefined],
  ['', undefined],
])('%s is written in %s', (text, language) => {
  expect(textLanguage(text)).toBe(language)
})
