import { cleanup } from '@testing-library/vue'
import { afterEach, describe, expect, it } from 'vitest'
import type { Settings } from '../../../shared/settings/schema.ts'
import { settingsSchema } from '../../../shared/settings/schema.ts'
import { savedSettings } from '../settings/testing/createFakeAdmin.ts'
import type { SettingsScreen } from '../settings/testing/mountSettings.ts'
import { openSettings } from '../settings/testing/mountSettings.ts'

afterEach(cleanup)

const others = {
  dingtalk: {
    account: { platform: 'dingtalk', clientId: 'dingabc', operatorUnionId: 'oPuNionReader' },
    rooms: [{ id: 'maple', source: { roomId: 'ad157dc1146b20' } }],
  },
  feishu: {
    account: { platform: 'feishu', appId: 'cli_a1b2c3d4e5f60718' },
    rooms: [{ id: 'jade', source: { roomId: 'omm_c7552a3e9c98' } }],
  },
} as const
const settingsOf = (platform: keyof typeof others): Settings =>
  settingsSchema.parse({ version: 1, ...others[platform] })

async function openCheckIn(settings: Settings = savedSettings()): Promise<SettingsScreen> {
  const screen = await openSettings({ settings })
  await screen.press('section-checkIn')
  return screen
}
const chosen = ({ get }: SettingsScreen, testid: string): boolean =>
  get(testid).querySelector('input')?.checked ?? false

describe('check-in', () => {
  it.each([
    ['wecom', savedSettings()],
    ['dingtalk', settingsOf('dingtalk')],
  ] as const)('on %s the platform has none to show: ours or nothing', async (_platform, settings) => {
    const screen = await openCheckIn(settings)
    // The stored default is `platform`, which asks nobody there.
    expect(chosen(screen, 'check-in-mode-off')).toBe(true)
    expect(['check-in-mode-platform', 'check-in-opens', 'check-in-release'].map(screen.find)).toEqual([
      null,
      null,
      null,
    ])
    expect(screen.get('check-in-mode-local').textContent).toContain('stays in Doorplate')
    expect(screen.find('save-bar'), 'looking changes nothing').toBeNull()
  })

  it("on Feishu shows the platform's own, with the window it counts in, and without our release", async () => {
    const screen = await openCheckIn(settingsOf('feishu'))
    expect(chosen(screen, 'check-in-mode-platform')).toBe(true)
    expect(screen.get('check-in-opens')).toBeTruthy()
    expect(screen.find('check-in-release')).toBeNull()
    expect(screen.find('access-checkIn')).toBeNull()
  })

  it('at the door asks for windows, access and release, and saves them', async () => {
    const screen = await openCheckIn()
    await screen.press('check-in-mode-local')
    expect(screen.find('release-rules')).toBeNull()
    await screen.press('check-in-release')
    expect(screen.get('release-rules').textContent).toContain('four hours')
    await screen.press('check-in-closes-more')
    await screen.press('save')
    expect(screen.api.world.settings?.checkIn).toEqual({
      mode: 'local',
      opensBeforeMinutes: 10,
      closesAfterMinutes: 15,
      isReleaseOn: true,
    })
  })

  it.each([
    ['pin', 'cannot keep the room'],
    ['off', 'nothing is ever released'],
  ])('warns of a release where checking in is for %s', async (access, words) => {
    const screen = await openCheckIn()
    await screen.press('check-in-mode-local')
    await screen.press('check-in-release')
    expect(screen.find('release-access')).toBeNull()
    await screen.press(`access-checkIn-${access}`)
    expect(screen.get('release-access').textContent).toContain(words)
  })
})

describe('booking at the door', () => {
  it('says that there is none until somebody is named, and takes the person away again', async () => {
    const screen = await openCheckIn()
    expect(screen.get('booker-missing').textContent).toContain('offers no booking')
    await screen.type('booker', ' doorplate ')
    expect(screen.find('booker-missing')).toBeNull()
    await screen.press('save')
    expect(screen.api.world.settings?.account).toMatchObject({ bookerUserId: 'doorplate' })
    await screen.type('booker', '')
    await screen.press('save')
    expect(screen.api.world.settings?.account).not.toHaveProperty('bookerUserId')
  })

  it.each<[string, Settings, string, string]>([
    ['a name for a userid', savedSettings(), '陈露', 'no userid'],
    ['a phone number for a unionId', settingsOf('dingtalk'), '13800000000', 'unionId has letters'],
    ['a union_id for an open_id', settingsOf('feishu'), 'on_5c0ffee', 'union_id'],
    ['a userid for an open_id', settingsOf('feishu'), 'chenlu', 'begins with ou_'],
  ])('tells %s while it is typed', async (_case, settings, text, words) => {
    const screen = await openCheckIn(settings)
    await screen.type('booker', text)
    expect(screen.get('field-error').textContent).toContain(words)
  })

  it('a refused id is told here, not under Connection, and goes with the next letter', async () => {
    const screen = await openCheckIn()
    await screen.type('booker', 'doorplate')
    await screen.press('section-connection')
    const issues = [{ path: 'account.bookerUserId', message: 'too long' }]
    screen.api.world.refuseWith = { code: 'badRequest', issues }
    await screen.press('save')
    await screen.press('save-show')
    expect(screen.get('section').dataset['section']).toBe('checkIn')
    expect(screen.get('field-error').textContent).toContain('userid')
    await screen.type('booker', 'doorplate2')
    expect(screen.find('field-error')).toBeNull()
  })

  it('DingTalk offers the employee who reads the rooms', async () => {
    const screen = await openCheckIn(settingsOf('dingtalk'))
    await screen.press('booker-suggested')
    expect(screen.get('booker')).toHaveProperty('value', 'oPuNionReader')
    expect(screen.find('booker-suggested')).toBeNull()
  })

  it('refuses an empty title before it is saved', async () => {
    const screen = await openCheckIn()
    await screen.type('booking-title', ' ')
    expect(screen.get('field-error').textContent).toContain('1 to 60')
  })

  it('keeps who may do what, each by itself', async () => {
    const screen = await openCheckIn()
    await screen.press('access-book-pin')
    await screen.press('access-end-off')
    await screen.press('save')
    expect(screen.api.world.settings?.actions).toMatchObject({ book: 'pin', extend: 'anyone', end: 'off' })
  })
})

describe('decisions on no-shows', () => {
  const open = async (checkIn: Partial<Settings['checkIn']>): Promise<SettingsScreen> => {
    const saved = savedSettings()
    const screen = await openSettings({ settings: { ...saved, checkIn: { ...saved.checkIn, ...checkIn } } })
    await screen.press('section-diagnostics')
    return screen
  }

  it('are told by room with every reason, the newest first, the rest on a press', async () => {
    const screen = await open({ mode: 'local', isReleaseOn: true })
    const room = screen.get('releases-room-12')
    const verdicts = (): (string | undefined)[] =>
      [...room.querySelectorAll<HTMLElement>('[data-testid="release"]')].map((one) => one.dataset['verdict'])
    expect(verdicts()).toEqual(['done', 'kept', 'unclear'])
    expect(room.textContent).toContain('offline for part of check-in')
    expect(room.textContent).toContain('not on the display all the time')
    // An unclear outcome claims neither.
    expect(room.textContent).toContain('not possible to know')
    await screen.press('releases-all-room-12')
    expect(verdicts()).toHaveLength(5)
    expect(screen.find('releases-none')).toBeNull()
  })

  it('say so where release is off', async () => {
    const screen = await open({ mode: 'platform', isReleaseOn: true })
    expect(screen.get('releases-none').textContent).toContain('Release is off')
  })
})

it.each([
  ['wecom', savedSettings(), 'counts no calls by the month'],
  ['feishu', settingsOf('feishu'), 'Set to "No limit"'],
] as const)(
  'an allowance without limit is blamed on whoever set none: %s',
  async (_platform, settings, words) => {
    const screen = await openSettings({ settings })
    await screen.press('section-diagnostics')
    expect(screen.get('budget').textContent).toContain(words)
  },
)
