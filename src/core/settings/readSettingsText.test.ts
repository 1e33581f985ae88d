import { describe, expect, it } from 'vitest'
import { settingsSchema } from '../../shared/settings/schema.ts'
import { readSettingsText } from './readSettingsText.ts'

const SENTINEL = 'SENTINEL-corp-secret-7Qm2xV'

const least = {
  version: 1,
  account: { platform: 'wecom', corpId: 'ww1' },
  rooms: [{ id: 'a', source: { officeRoomId: 12 } }],
}

const read = (value: unknown) => readSettingsText(JSON.stringify(value))

describe('readSettingsText', () => {
  it('takes back exactly what was exported, a byte order mark before it or not', () => {
    const settings = settingsSchema.parse({ ...least, defaultRoomId: 'a' })
    const text = JSON.stringify(settings, null, 2)
    expect(readSettingsText(text)).toEqual({ kind: 'read', settings })
    expect(readSettingsText(`\uFEFF${text}\n`)).toEqual({ kind: 'read', settings })
  })

  it('fills what a short file leaves out', () => {
    const short = { ...least, display: { theme: 'dark' } }
    expect(read(short)).toEqual({ kind: 'read', settings: settingsSchema.parse(short) })
  })

  it.each(['', '{', 'null', '[]', '"text"', '12'])('%j is no settings', (text) => {
    expect(readSettingsText(text)).toEqual({ kind: 'notJson' })
  })

  it.each<[string, object, string]>([
    [
      'a secret in the account',
      { account: { ...least.account, corpSecret: SENTINEL } },
      'account.corpSecret',
    ],
    ['secrets beside it', { secrets: { 'wecom.corpSecret': SENTINEL } }, 'secrets'],
    ['a value out of range', { display: { soonMinutes: 61 } }, 'display.soonMinutes'],
    [
      "another platform's room",
      { rooms: [{ id: 'a', source: { roomId: 'omm_7f01' } }] },
      'rooms.0.source.roomId',
    ],
  ])('names the field of %s and never its value', (_case, change, path) => {
    const reading = read({ ...least, ...change })
    const paths = reading.kind === 'refused' ? reading.issues.map((issue) => issue.path) : []
    expect(paths).toContain(path)
    expect(JSON.stringify(reading)).not.toContain(SENTINEL)
  })
})
