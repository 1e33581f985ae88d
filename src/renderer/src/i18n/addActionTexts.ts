import type { Composer } from 'vue-i18n'
import enUS from './locales/actions-en-US.json'
import zhCN from './locales/actions-zh-CN.json'

/** The texts of what people can do at the door; they come with the buttons' own chunk, not with the display. */
export const actionMessages = { 'zh-CN': zhCN, 'en-US': enUS } satisfies Record<string, typeof zhCN>

/** Adds the actions' texts to the screen's. Doing so again changes nothing. */
export function addActionTexts(i18n: Pick<Composer, 'mergeLocaleMessage'>): void {
  for (const [locale, texts] of Object.entries(actionMessages)) i18n.mergeLocaleMessage(locale, texts)
}
