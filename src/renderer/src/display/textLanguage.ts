const KANA = /[\u3040-\u30ff\u31f0-\u31ff]/
const HANGUL = /[\uac00-\ud7af\u1100-\u11ff]/
const HAN = /\p{Script=Han}/u
const LATIN = /\p{Script=Latin}/u

/**
 * The language attribute for a text somebody typed, so that the right glyphs and line-breaking rules are used.
 * @returns undefined where the surrounding language will do
 */
export function textLanguage(text: string): string | undefined {
  if (KANA.test(text)) return 'ja'
  if (HANGUL.test(text)) return 'ko'
  if (HAN.test(text)) return 'zh-CN'
  return LATIN.test(text) ? 'en' : undefined
}
