import { describe, expect, it } from 'vitest'
import { settingsSchema } from '../../../shared/settings/schema.ts'
import { offeredPlatforms } from '../components/settings/platforms/registry.ts'
import { importSettings } from './importSettings.ts'
import { savedSettings, SENTINEL_SECRET } from './testing/createFakeAdmin.ts'

const read = (value: unknown) => importSettings(JSON.stringify(value), offeredPlatforms)

describe('importSettings', () => {
  it('takes back exactly what was exported', () => {
    expect(importSettings(JSON.stringify(savedSettings(), null, 2), offeredPlatforms)).toEqual({
      kind: 'read',
      settings: savedSettings(),
    })
  })

  it('fills what a short file leaves out as the core would', () => {
    const short = {
      version: 1,
      account: { platform: 'wecom', corpId: 'ww1' },
      rooms: [{ id: 'a', source: { officeRoomId: 1 } }],
      display: { theme: 'dark' },
    }
    expect(read(short)).toEqual({ kind: 'read', settings: settingsSchema.parse(short) })
  })

  it.each(['dingtalk', 'feishu'] as const)(
    'takes back what was exported of %s, "no limit" included',
    (platform) => {
      const settings = settingsSchema.parse({
        version: 1,
        account: {
          ...(platform === 'dingtalk'
            ? {
                platform,
                clientId: 'ding1',
                operatorUnionId: 'o1',
                bookerUnionId: 'o2',
                oapiBaseUrl: 'https://old.example.com',
              }
            : { platform, appId: 'cli_1', bookerOpenId: 'ou_1' }),
          monthlyCalls: null,
          sharedByPanels: 7,
        },
        rooms: [{ id: 'a', source: { roomId: 'omm_7f01' } }],
        checkIn: { mode: 'local', isReleaseOn: true, closesAfterMinutes: 15 },
        actions: { checkIn: 'pin', book: 'off', extend: 'pin', end: 'off', title: '门口' },
      })
      expect(read(settings)).toEqual({ kind: 'read', settings })
    },
  )

  it('fills the allowance a short file leaves out', () => {
    const short = {
      version: 1,
      account: { platform: 'feishu', appId: 'cli_1' },
      rooms: [{ id: 'a', source: { roomId: 'omm_7f01' } }],
    }
    expect(read(short)).toEqual({ kind: 'read', settings: settingsSchema.parse(short) })
  })

  it.each([['', '{', 'null', '[]', '"text"', '12']].flat())('%j is no settings', (text) => {
    expect(importSettings(text, offeredPlatforms)).toEqual({ kind: 'notJson' })
  })

  it.each<[string, (settings: Record<string, unknown>) => unknown, readonly string[]]>([
    ['another version', (s) => ({ ...s, version: 2 }), ['version']],
    ['no account', ({ account: _gone, ...s }) => s, ['account']],
    ['an unknown platform', (s) => ({ ...s, account: { platform: 'zoom' } }), ['account.platform']],
    [
      'a secret in the account',
      (s) => ({ ...s, account: { platform: 'wecom', corpId: 'ww1', corpSecret: SENTINEL_SECRET } }),
      ['account.corpSecret'],
    ],
    ['secrets beside it', (s) => ({ ...s, secrets: { 'wecom.corpSecret': SENTINEL_SECRET } }), ['secrets']],
    ['a typing mistake', (s) => ({ ...s, display: { tehme: 'dark' } }), ['display.tehme']],
    ['a value of the wrong type', (s) => ({ ...s, display: { soonMinutes: '10' } }), ['display.soonMinutes']],
    ['a word that is no option', (s) => ({ ...s, display: { theme: 'pink' } }), ['display.theme']],
    ['rooms that are no list', (s) => ({ ...s, rooms: 'all' }), ['rooms']],
    ['a room without id', (s) => ({ ...s, rooms: [{ source: {} }] }), ['rooms.0.id']],
    [
      'a room id of the wrong type',
      (s) => ({ ...s, rooms: [{ id: 'a', source: { officeRoomId: '12' } }] }),
      ['rooms.0.source.officeRoomId'],
    ],
    [
      "another platform's room",
      (s) => ({ ...s, rooms: [{ id: 'a', source: { roomId: 'omm_7f01' } }] }),
      ['rooms.0.source.roomId'],
    ],
    ['an access nobody knows', (s) => ({ ...s, actions: { book: 'everyone' } }), ['actions.book']],
    ['days that are words', (s) => ({ ...s, officeHours: { days: ['Mon'] } }), ['officeHours.days.0']],
    ['null where an object belongs', (s) => ({ ...s, kiosk: null }), ['kiosk']],
  ])('names the field of %s', (_case, change, paths) => {
    expect(read(change({ ...savedSettings() }))).toEqual({ kind: 'refused', paths })
  })

  it('never answers with a value: it may be a secret in the wrong place', () => {
    const outcome = read({ ...savedSettings(), [`x`]: SENTINEL_SECRET })
    expect(JSON.stringify(outcome)).not.toContain(SENTINEL_SECRET)
  })
})
