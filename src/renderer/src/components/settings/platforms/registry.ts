import type { Platform } from '../../../../../shared/domain/platform.ts'
import DingtalkForm, { dingtalkFacts } from './DingtalkForm.vue'
import FeishuForm, { feishuFacts } from './FeishuForm.vue'
import type { PlatformForm } from './PlatformForm.ts'
import WecomForm, { wecomFacts } from './WecomForm.vue'

// ESLint's types end at .vue files; vue-tsc checks these lines.
/* eslint-disable @typescript-eslint/no-unsafe-assignment */
/** Every platform an account can be set up for. A further one costs its form file, one line here and its texts. */
export const platformForms: Readonly<Record<Platform, PlatformForm>> = {
  wecom: { form: WecomForm, ...wecomFacts },
  dingtalk: { form: DingtalkForm, ...dingtalkFacts },
  feishu: { form: FeishuForm, ...feishuFacts },
}
/* eslint-enable @typescript-eslint/no-unsafe-assignment */

/** The platforms in the order they are offered. */
export const offeredPlatforms: readonly PlatformForm[] = Object.values(platformForms)
