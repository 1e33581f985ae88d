import { expect, it } from 'vitest'
import { settingsSchema } from '../../shared/settings/schema.ts'
import { blankSettings } from './blankSettings.ts'

it("begins with the schema's own defaults, so that a first start and a short file give the same panel", () => {
  const { wecom, dingtalk, feishu } = blankSettings()
  const least = {
    version: 1,
    account: { platform: 'wecom', corpId: 'ww1' },
    rooms: [{ id: 'a', source: { officeRoomId: 12 } }],
  }
  const { rooms } = settingsSchema.parse(least)
  expect({ ...wecom, account: { ...wecom.account, corpId: 'ww1' }, rooms }).toEqual(
    settingsSchema.parse(least),
  )
  expect(dingtalk.account).toEqual({
    platform: 'dingtalk',
    baseUrl: 'https://api.dingtalk.com',
    clientId: '',
    operatorUnionId: '',
    monthlyCalls: 5_000,
    sharedByPanels: 1,
  })
  expect(feishu.account).toEqual({
    platform: 'feishu',
    baseUrl: 'https://open.feishu.cn',
    appId: '',
    monthlyCalls: 10_000,
    sharedByPanels: 1,
  })
  expect(JSON.stringify([wecom, dingtalk, feishu])).not.toContain('typed')
})
