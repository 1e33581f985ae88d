import type { Composer } from 'vue-i18n'
import enUS from './locales/settings-en-US.json'
import zhCN from './locales/settings-zh-CN.json'

/** The texts of the settings; they come with the settings' own chunk, not with the display. */
export const settingsMessages = { 'zh-CN': zhCN, 'en-US': enUS } satisfies Record<string, typeof zhCN>

/** Adds the settings' texts to the screen's. Doing so again changes nothing. */
export function addSettingsTexts(i18n: Pick<Composer, 'mergeLocaleMessage'>): void {
  for (const [locale, texts] of Object.entries(settingsMessages)) i18n.mergeLocaleMessage(locale, texts)
}
