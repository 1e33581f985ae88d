import { expect, it } from 'vitest'
import { settingsSchema } from '../../../shared/settings/schema.ts'
import { blankSettings } from './blankSettings.ts'

it("begins with the schema's own defaults, so that a first start and a short file give the same panel", () => {
  const account = { platform: 'wecom' as const, baseUrl: 'https://qyapi.weixin.qq.com', corpId: 'ww1' }
  const rooms = [{ id: 'a', source: { officeRoomId: 1, isSoleBooker: false } }]
  expect({ ...blankSettings(account, 'zh-CN'), rooms }).toEqual(
    settingsSchema.parse({ version: 1, account, rooms }),
  )
})
