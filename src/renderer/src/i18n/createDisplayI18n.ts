import { createI18n } from 'vue-i18n'
import type { Language } from '../../../shared/settings/panelConfig.ts'
import enUS from './locales/en-US.json'
import zhCN from './locales/zh-CN.json'

type Messages = typeof zhCN

/** Every text of the screen; the type makes a key missing in one language an error. */
export const messages = { 'zh-CN': zhCN, 'en-US': enUS } satisfies Record<Language, Messages>

/** Around digits Chinese text has spaces; a time of the twelve-hour clock begins with a word and needs none before it. */
const closeUp = (text: string): string => text.replace(/(\p{Script=Han}) (?=[上下]午)/gu, '$1')

/** The texts as a Vue plugin. The build compiles them ahead, so no compiler ships. */
export function createDisplayI18n(language: Language) {
  return createI18n<[Messages], Language, false>({
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the composition API is the default only from v12 on
    legacy: false,
    locale: language,
    fallbackLocale: 'en-US',
    postTranslation: (text) => (typeof text === 'string' ? closeUp(text) : text),
    messages,
  })
}

/** A text by its key, with its named parts and, for plural forms, its number. */
export type Translate = (key: string, named?: Readonly<Record<string, unknown>>, plural?: number) => string
