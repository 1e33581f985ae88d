import { cleanup } from '@testing-library/vue'
import { afterEach, describe, expect, it } from 'vitest'
import type { RoomChoice } from '../../../shared/api/admin.ts'
import type { Settings } from '../../../shared/settings/schema.ts'
import { settingsSchema } from '../../../shared/settings/schema.ts'
import { PIN, passedSteps, savedSettings, SENTINEL_SECRET } from '../settings/testing/createFakeAdmin.ts'
import { mountSettings, openSettings } from '../settings/testing/mountSettings.ts'

afterEach(cleanup)

const roomId = 'omm_c7552a3e9c985609838fe94c0d724a47'
const choice = (vendorId: string): RoomChoice => ({
  vendorId,
  name: 'Jade 3F',
  location: ['Hangzhou', '3F'],
  capacity: 8,
  equipment: ['tv'],
  needsApproval: false,
  source: { roomId: vendorId },
})
const feishuSettings = (): Settings =>
  settingsSchema.parse({
    version: 1,
    account: { platform: 'feishu', appId: 'cli_a1b2c3d4e5f60718' },
    rooms: [{ id: 'jade', source: { roomId } }],
  })

describe('the first start', () => {
  const blank = { pin: PIN, settings: null, hasSecret: false }

  it('with DingTalk asks for its three credentials and the allowance, one page each', async () => {
    const choices = [choice('ad157dc1146b20')]
    const { enterPin, press, type, get, api } = await mountSettings({ ...blank, choices })
    await enterPin(PIN)
    await press('start-platform-dingtalk')
    await type('dingtalk-client-id', 'dingabc')
    await type('dingtalk-secret', SENTINEL_SECRET)
    expect((get('start-to-calls') as HTMLButtonElement).disabled, 'nobody to read as').toBe(true)
    await type('dingtalk-operator', 'oPuNion1')
    await press('start-to-calls')
    await press('calls-shared-more')
    expect(get('calls-share').textContent).toContain('2,500')
    await press('start-to-test')
    await press('start-to-room')
    await press('room-choice-ad157dc1146b20')
    await press('start-finish')
    expect(settingsSchema.parse(api.world.settings)).toMatchObject({
      account: {
        platform: 'dingtalk',
        baseUrl: 'https://api.dingtalk.com',
        clientId: 'dingabc',
        operatorUnionId: 'oPuNion1',
        monthlyCalls: 5000,
        sharedByPanels: 2,
      },
      rooms: [{ source: { roomId: 'ad157dc1146b20' } }],
    })
    expect(api.world.saves[0]?.secrets).toEqual({ 'dingtalk.clientSecret': SENTINEL_SECRET })
  })

  it('with Lark takes its own address, and a paid plan without limit', async () => {
    const { enterPin, press, type, api } = await mountSettings({ ...blank, choices: [choice(roomId)] })
    await enterPin(PIN)
    await press('start-platform-feishu')
    await press('address-https://open.larksuite.com')
    await type('feishu-app-id', 'cli_a1b2c3d4e5f60718')
    await type('feishu-secret', SENTINEL_SECRET)
    await press('start-to-calls')
    await press('calls-none')
    await press('start-to-test')
    await press('start-to-room')
    await press(`room-choice-${roomId}`)
    await press('start-finish')
    expect(api.world.settings?.account).toMatchObject({
      platform: 'feishu',
      baseUrl: 'https://open.larksuite.com',
      monthlyCalls: null,
    })
  })

  it('coming back to the same platform keeps what was typed, another one begins anew', async () => {
    const { enterPin, press, type, get } = await mountSettings(blank)
    await enterPin(PIN)
    await press('start-platform-wecom')
    await type('wecom-corp-id', 'ww1')
    await press('start-to-platform')
    await press('start-platform-wecom')
    expect((get('wecom-corp-id') as HTMLInputElement).value).toBe('ww1')
    await press('start-to-platform')
    await press('start-platform-feishu')
    await press('start-to-platform')
    await press('start-platform-wecom')
    expect((get('wecom-corp-id') as HTMLInputElement).value).toBe('')
  })
})

describe('another platform', () => {
  it('says before which rooms are lost, and loses none on a no', async () => {
    const { press, get, find, api } = await openSettings()
    await press('account-platform-dingtalk')
    expect(get('platform-switch').textContent).toContain("2 bound rooms are WeCom's")
    await press('platform-switch-keep')
    expect(find('platform-switch')).toBeNull()
    expect(get('account-platform-wecom').querySelector('input')?.checked).toBe(true)
    expect(find('save-bar')).toBeNull()
    expect(api.world.settings).toEqual(savedSettings())
  })

  it('on a yes the rooms go from the draft alone, and discarding brings them back', async () => {
    const { press, get, api } = await openSettings()
    await press('account-platform-feishu')
    await press('platform-switch-confirm')
    expect(get('feishu-app-id')).toBeTruthy()
    await press('section-room')
    expect(get('rooms-empty')).toBeTruthy()
    expect(api.world.settings).toEqual(savedSettings())
    await press('save-discard')
    expect(get('bound-room-room-12')).toBeTruthy()
  })
})

describe('the account of a platform that counts calls', () => {
  it('a number that is none never reaches the core as "no limit"', async () => {
    const { press, type, get, api } = await openSettings({ settings: feishuSettings() })
    await press('calls-own')
    await type('calls-number', '50')
    expect(get('field-error').textContent).toContain('100')
    api.world.refuseWith = {
      code: 'badRequest',
      issues: [{ path: 'account.monthlyCalls', message: 'expected 100 or more' }],
    }
    await press('save')
    expect(api.requests.at(-1)?.input).not.toMatchObject({ settings: { account: { monthlyCalls: null } } })
    expect(JSON.stringify(api.requests.at(-1)?.input)).toContain('"monthlyCalls":0')
  })

  it('takes up to nine digits, as large organisations have', async () => {
    const { press, type, api } = await openSettings({ settings: feishuSettings() })
    await press('calls-own')
    await type('calls-number', '100000000')
    await press('save')
    expect(api.world.settings?.account).toMatchObject({ monthlyCalls: 100_000_000 })
  })

  it('the older address of DingTalk is asked for beside an own one only, and goes with it', async () => {
    const settings = settingsSchema.parse({
      version: 1,
      account: { platform: 'dingtalk', clientId: 'dingabc', operatorUnionId: 'oPuNion1' },
      rooms: [{ id: 'maple', source: { roomId: 'ad157dc1146b20' } }],
    })
    const { press, type, find, api } = await openSettings({ settings })
    expect(find('address-oapiBaseUrl')).toBeNull()
    await press('address-own')
    await type('address-own-text', 'https://gate.example.com')
    await type('address-oapiBaseUrl', 'https://old.example.com')
    await press('save')
    expect(api.world.settings?.account).toMatchObject({ oapiBaseUrl: 'https://old.example.com' })
    await press('address-https://api.dingtalk.io')
    await press('save')
    expect(api.world.settings?.account).toMatchObject({ baseUrl: 'https://api.dingtalk.io' })
    expect(api.world.settings?.account).not.toHaveProperty('oapiBaseUrl')
  })

  it('is not asked about calls where none are counted', async () => {
    const { find } = await openSettings()
    expect(find('calls')).toBeNull()
  })
})

it('a Feishu room is bound by its id, and refused in its own words', async () => {
  const { press, type, get, api } = await openSettings({ settings: feishuSettings(), steps: passedSteps })
  await press('section-room')
  await press('bound-room-jade')
  await type('room-roomId', 'omb_level')
  api.world.refuseWith = {
    code: 'badRequest',
    issues: [{ path: 'rooms.0.source.roomId', message: 'expected the room_id' }],
  }
  await press('save')
  expect(get('room-source-error').textContent).toContain('omm_')
})
