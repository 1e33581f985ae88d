import { describe, expect, it } from 'vitest'
import { parseSettings } from '../settings/parseSettings.ts'
import { planChange } from './planChange.ts'

const base = {
  version: 1,
  account: { platform: 'wecom', corpId: 'ww1' },
  rooms: [
    { id: 'xihu', source: { officeRoomId: 12 } },
    { id: 'lingyin', source: { officeRoomId: 13 } },
  ],
}
const [xihu, lingyin] = base.rooms

function settingsOf(change: object) {
  const parsed = parseSettings({ ...base, ...change })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues))
  return parsed.settings
}

describe('planChange', () => {
  it.each([
    ['nothing at all', {}, 'nothing'],
    ['the same, said', { display: { theme: 'auto' }, polling: {} }, 'nothing'],
    ['the window', { kiosk: { isAlwaysOnTop: false } }, 'nothing'],
    ['the theme', { display: { theme: 'dark' } }, 'view'],
    ['what the corridor may read', { display: { privacy: 'busy' } }, 'view'],
    [
      'the theme of one room',
      { rooms: [{ ...xihu, overrides: { display: { theme: 'dark' } } }, lingyin] },
      'view',
    ],
    ['the default room', { defaultRoomId: 'lingyin' }, 'view'],
    ['a room’s name', { rooms: [{ ...xihu, name: '西湖' }, lingyin] }, 'rules'],
    ['check-in', { checkIn: { mode: 'local' } }, 'rules'],
    [
      'check-in of one room',
      { rooms: [xihu, { ...lingyin, overrides: { checkIn: { mode: 'off' } } }] },
      'rules',
    ],
    ['who may book', { actions: { book: 'off' } }, 'rules'],
    ['how often is read', { polling: { intervalSeconds: 60 } }, 'rules'],
    ['office hours', { officeHours: { from: '07:00' } }, 'rules'],
    ['the account', { account: { ...base.account, corpId: 'ww2' } }, 'site'],
    ['who books for the door', { account: { ...base.account, bookerUserId: 'door' } }, 'site'],
    ['the zone', { timeZone: 'Europe/Berlin' }, 'site'],
    ['a room more', { rooms: [...base.rooms, { id: 'qiandao', source: { officeRoomId: 14 } }] }, 'site'],
    ['a room bound elsewhere', { rooms: [xihu, { id: 'lingyin', source: { officeRoomId: 15 } }] }, 'site'],
    [
      'theme and account together',
      { display: { theme: 'dark' }, account: { ...base.account, corpId: 'x' } },
      'site',
    ],
  ])('%s', (_name, change, scope) => {
    expect(planChange(settingsOf({}), settingsOf(change))).toBe(scope)
    expect(planChange(settingsOf(change), settingsOf({}))).toBe(scope)
  })

  // A section nobody thought of would be saved and never put to work.
  it('knows every section of the settings', () => {
    const known =
      'account actions checkIn defaultRoomId display kiosk officeHours polling rooms timeZone version'
    expect(
      Object.keys(settingsOf({ defaultRoomId: 'xihu' }))
        .sort()
        .join(' '),
    ).toBe(known)
  })
})
