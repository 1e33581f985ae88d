import type { Account } from '../../../../../shared/settings/schema.ts'
import type { PlatformForm } from './PlatformForm.ts'
import WecomForm, { wecomFacts } from './WecomForm.vue'

/** Every platform an account can be set up for. A further one costs its form file, one line here and its texts. */
export const platformForms: Readonly<Record<Account['platform'], PlatformForm>> = {
  // ESLint's types end at .vue files; vue-tsc checks this line.
  // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment
  wecom: { form: WecomForm, ...wecomFacts },
}

/** The platforms in the order they are offered. */
export const offeredPlatforms: readonly PlatformForm[] = Object.values(platformForms)
