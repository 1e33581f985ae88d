import { describe, expect, it } from 'vitest'
import { salvageSettings } from './salvageSettings.ts'

const working = {
  version: 1,
  account: { platform: 'wecom', corpId: 'ww1', bookerUserId: 'door' },
  rooms: [
    { id: 'xihu', source: { officeRoomId: 12 }, overrides: { display: { language: 'en-US' } } },
    { id: 'duanqiao', source: { officeRoomId: 13 } },
  ],
}

describe('salvageSettings', () => {
  it('takes what makes sense as it is', () => {
    expect(salvageSettings(working)).toMatchObject(working)
  })

  it.each([
    ['an unknown field', { ...working, typo: 1 }],
    ['an unknown field of the account', { ...working, account: { ...working.account, typo: 1 } }],
    ['one of a room', { ...working, rooms: [working.rooms[0], { ...working.rooms[1], colour: 'red' }] }],
    ['a section of another kind', { ...working, polling: 'often' }],
  ])('leaves out %s, and nothing else', (_name, raw) => {
    expect(salvageSettings(raw)).toEqual(salvageSettings(working))
  })

  it.each([
    ['a wrong value', { theme: 'blue', privacy: 'organizer' }],
    ['an unknown field, which may have been the privacy', { privcy: 'busy' }],
    ['no object', 'dark'],
  ])('a display with %s hides everything until somebody looks at it', (_name, display) => {
    expect(salvageSettings({ ...working, display })?.display).toMatchObject({
      privacy: 'busy',
      theme: 'auto',
    })
  })

  it('the display of one room likewise', () => {
    const overrides = { display: { privacy: 'nobody', language: 'en-US' } }
    const raw = { ...working, rooms: [{ ...working.rooms[0], overrides }, working.rooms[1]] }
    expect(salvageSettings(raw)?.rooms[0]?.overrides?.display).toEqual({ privacy: 'busy', language: 'en-US' })
  })

  it.each([
    ['without an account', { version: 1, rooms: working.rooms }],
    ['that are a list', []],
    ['that are nothing', null],
  ])('settings %s are not salvaged', (_name, raw) => {
    expect(salvageSettings(raw)).toBeNull()
  })
})
