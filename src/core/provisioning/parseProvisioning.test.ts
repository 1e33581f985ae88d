import { describe, expect, it } from 'vitest'
import { parseProvisioning, settingsFor } from './parseProvisioning.ts'

const rooms = [
  { id: 'west-lake', source: { roomId: 'a' } },
  { id: 'longjing', source: { roomId: 'b' } },
]
const settings = {
  version: 1,
  account: { platform: 'dingtalk', clientId: 'ding0', operatorUnionId: 'o' },
  rooms,
  display: { theme: 'dark', soonMinutes: 5 },
}
const secrets = { 'dingtalk.clientSecret': 'SENTINEL' }
const device = (hostName: string) => ({ hostName, serials: [] })

function issuesOf(json: unknown): readonly string[] {
  const parsed = parseProvisioning(json)
  return parsed.ok ? [] : parsed.issues.map(({ path }) => path)
}

describe('parseProvisioning', () => {
  it.each<[string, object, readonly string[]]>([
    [
      'a secret of another platform',
      { settings, secrets: { 'wecom.corpSecret': 'x' } },
      ['secrets.wecom.corpSecret'],
    ],
    ['no settings', { secrets }, ['settings']],
    [
      'every wrong field at once',
      { settings: { ...settings, rooms: [] }, extra: 1 },
      ['extra', 'settings.rooms'],
    ],
    [
      'a line for a room that is not there',
      { settings, devices: [{ serial: 'a1', room: 'x' }] },
      ['devices.0.room'],
    ],
    ['a line that names no device', { settings, devices: [{ room: 'longjing' }] }, ['devices.0']],
    [
      'a line that names it twice',
      { settings, devices: [{ room: 'longjing', hostName: 'a', serial: 'b' }] },
      ['devices.0'],
    ],
    [
      'a device that stands twice, whatever its case',
      {
        settings,
        devices: [
          { hostName: 'a', room: 'longjing' },
          { hostName: 'A', room: 'west-lake' },
        ],
      },
      ['devices.1.hostName'],
    ],
    [
      'a wrong field of one tablet',
      { settings, devices: [{ hostName: 'a', room: 'longjing', display: { theme: 'pink' } }] },
      ['devices.0.display.theme'],
    ],
    [
      'a filler for a serial number',
      { settings, devices: [{ serial: 'None', room: 'longjing' }] },
      ['devices.0.serial'],
    ],
  ])('tells of %s', (_name, json, paths) => {
    expect(issuesOf(json)).toEqual(paths)
  })

  it('names the secrets that are not there', () => {
    expect(parseProvisioning({ settings })).toMatchObject({
      ok: true,
      file: { missingSecrets: ['dingtalk.clientSecret'] },
    })
    expect(parseProvisioning({ settings, secrets })).toMatchObject({ file: { missingSecrets: [] } })
  })
})

describe('settingsFor', () => {
  const fileOf = (more: object, base: object = settings) => {
    const parsed = parseProvisioning({ settings: base, ...more })
    if (!parsed.ok) throw new Error('the file is wrong')
    return parsed.file
  }

  it('is the same on every device without a table', () => {
    expect(settingsFor(fileOf({}), device('any'))).toMatchObject({ kind: 'settings', written: settings })
  })

  it('has the room of the line alone, and its display over the common one', () => {
    const devices = [
      { hostName: 'door-2', room: 'longjing', display: { theme: 'light' }, kiosk: { displayNumber: 2 } },
    ]
    const found = settingsFor(
      fileOf({ devices }, { ...settings, defaultRoomId: 'west-lake' }),
      device('door-2'),
    )
    expect(found).toMatchObject({
      written: {
        rooms: [rooms[1]],
        display: { theme: 'light', soonMinutes: 5 },
        kiosk: { displayNumber: 2 },
      },
    })
    expect(found).not.toHaveProperty('written.defaultRoomId')
  })

  // Two hundred tablets that each think the month's calls are theirs spend it in a morning.
  it('shares the calls among the lines of the table, unless the file says how many share them', () => {
    const devices = ['a', 'b', 'c'].map((hostName) => ({ hostName, room: 'longjing' }))
    expect(settingsFor(fileOf({ devices }), device('b'))).toMatchObject({
      settings: { account: { sharedByPanels: 3 } },
    })
    const told = { ...settings, account: { ...settings.account, sharedByPanels: 40 } }
    expect(settingsFor(fileOf({ devices }, told), device('b'))).toMatchObject({
      settings: { account: { sharedByPanels: 40 } },
    })
  })

  it('is nothing for a device the table does not know', () => {
    expect(settingsFor(fileOf({ devices: [{ hostName: 'a', room: 'longjing' }] }), device('b'))).toEqual({
      kind: 'none',
    })
  })
})
