import type { Language } from '../../../../shared/settings/panelConfig.ts'
import { createDisplayI18n } from '../createDisplayI18n.ts'
import type { Translate } from '../createDisplayI18n.ts'

/** The texts of one language, outside of any component. A missing key comes back as the key. */
export function translator(language: Language): Translate {
  const { t } = createDisplayI18n(language).global
  return (key, named = {}, plural) => (plural === undefined ? t(key, named) : t(key, named, plural))
}
