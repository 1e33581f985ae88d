import { describe, expect, it } from 'vitest'
import { checkConfig, unreadableConfig } from './checkConfig.ts'
import type { SecretPresence } from './checkConfig.ts'

const settings = {
  version: 1,
  account: { platform: 'wecom', corpId: 'ww0' },
  rooms: [{ id: 'west-lake', source: { officeRoomId: 1 } }],
}

async function check(content: unknown, secret: SecretPresence = { kind: 'there' }) {
  const { lines, exitCode } = await checkConfig({
    file: 'panel.json',
    text: typeof content === 'string' ? content : JSON.stringify(content),
    device: { hostName: 'door-17', serials: [] },
    findSecret: () => Promise.resolve(secret),
  })
  return { text: lines.join('\n'), exitCode }
}

describe('checkConfig', () => {
  it.each<[string, unknown, readonly string[]]>([
    ['settings', settings, ['a settings file: wecom, 1 room.', 'fine']],
    [
      'a provisioning file',
      { settings, secrets: { 'wecom.corpSecret': 'SENTINEL' } },
      ['a provisioning file: wecom, 1 room.', 'fine'],
    ],
    [
      'a provisioning file whose secrets were taken',
      { settings },
      ['the secret wecom.corpSecret is missing', 'write "wecom.corpSecret"', 'fine'],
    ],
    [
      'a table that knows this machine',
      { settings, devices: [{ hostName: 'door-17', room: 'west-lake' }] },
      ['1 line in the table', 'sets up the room west-lake'],
    ],
    [
      'a table that does not, as on the desk it was written at',
      { settings, devices: [{ hostName: 'door-18', room: 'west-lake' }] },
      ['no line of the table', 'fine'],
    ],
  ])('passes %s', async (_name, content, said) => {
    const { text, exitCode } = await check(content)
    for (const part of said) expect(text).toContain(part)
    expect(exitCode).toBe(0)
    expect(text).not.toContain('SENTINEL')
  })

  it.each<[string, unknown, readonly string[]]>([
    ['not JSON', '{\n  "version": SENTINEL\n}', ['panel.json:2:14: not valid JSON']],
    [
      'a wrong field of the settings, with its remedy',
      { ...settings, timeZone: 'SENTINEL' },
      ['a settings file.', 'panel.json: timeZone: ', 'Remedy: write the IANA name'],
    ],
    [
      'a wrong field of a provisioning file, with the same remedy',
      { settings: { ...settings, timeZone: 'SENTINEL' } },
      ['a provisioning file.', 'panel.json: settings.timeZone: ', 'Remedy: write the IANA name'],
    ],
    [
      'a wrong field of one tablet, with the same remedy',
      { settings, devices: [{ hostName: 'a', room: 'west-lake', display: { theme: 'SENTINEL' } }] },
      ['devices.0.display.theme: ', 'Remedy: write "auto", "light" or "dark"'],
    ],
    [
      'a secret nobody asked for, by its name alone',
      { settings, secrets: { 'wecom.corpSecrt': 'SENTINEL' } },
      ['secrets.wecom.corpSecrt: is no secret of wecom', 'Remedy: remove it'],
    ],
    [
      'a secret in the settings',
      { ...settings, corpSecret: 'SENTINEL' },
      ['corpSecret: is not a known field', 'secrets belong into'],
    ],
    [
      'every field at once',
      { version: 2 },
      ['panel.json: version: ', 'account: ', 'rooms: ', '3 fields do not'],
    ],
  ])('refuses %s', async (_name, content, said) => {
    const { text, exitCode } = await check(content)
    for (const part of said) expect(text).toContain(part)
    expect(exitCode).toBe(11)
    expect(text).not.toContain('SENTINEL')
  })

  it('says of a secret that lies elsewhere whether the host would start without it', async () => {
    const absent = { kind: 'absent', text: 'the secret is missing' } as const
    expect(await check(settings, { ...absent, isBroken: false })).toMatchObject({ exitCode: 0 })
    const { text, exitCode } = await check(settings, { ...absent, isBroken: true })
    expect(exitCode).toBe(11)
    expect(text).toContain('the secret is missing')
  })

  it.each(['ENOENT', 'EACCES', 'EISDIR', 'EIO'])('says what is wrong with a file that gives %s', (code) => {
    expect(unreadableConfig('panel.json', code)).toMatchObject({
      exitCode: 11,
      lines: [expect.stringContaining('panel.json: ')],
    })
  })
})
