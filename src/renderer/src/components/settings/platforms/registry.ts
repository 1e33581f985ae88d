import type { Platform } from '../../../../../shared/domain/platform.ts'
import { dingtalkForm } from './dingtalkForm.ts'
import { feishuForm } from './feishuForm.ts'
import type { PlatformForm } from './PlatformForm.ts'
import { wecomForm } from './wecomForm.ts'

/** Every platform an account can be set up for. A further one costs its form file, one line here and its texts. */
export const platformForms: Readonly<Record<Platform, PlatformForm>> = {
  wecom: wecomForm,
  dingtalk: dingtalkForm,
  feishu: feishuForm,
}
