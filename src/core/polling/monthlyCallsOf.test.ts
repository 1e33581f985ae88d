import { expect, it } from 'vitest'
import { accountSchema } from '../../shared/settings/schema.ts'
import { monthlyCallsOf } from './monthlyCallsOf.ts'

const feishu = { platform: 'feishu', appId: 'cli_1' }

it.each([
  ['an organisation alone', { ...feishu, monthlyCalls: 10_000 }, 10_000],
  ['among three installations, rounded down', { ...feishu, monthlyCalls: 10_000, sharedByPanels: 3 }, 3_333],
  ['among more than there are calls', { ...feishu, monthlyCalls: 100, sharedByPanels: 10_000 }, 0],
  ['of an edition without a limit', { ...feishu, monthlyCalls: null, sharedByPanels: 3 }, null],
  ['of DingTalk by default', { platform: 'dingtalk', clientId: 'c', operatorUnionId: 'u' }, 5_000],
  ['of WeCom, which counts no month', { platform: 'wecom', corpId: 'ww1' }, null],
])('the share %s', (_name, account, share) => {
  expect(monthlyCallsOf(accountSchema.parse(account))).toBe(share)
})
