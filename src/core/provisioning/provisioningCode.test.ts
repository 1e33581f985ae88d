import { describe, expect, it } from 'vitest'
import { runFileCommand } from '../commands/runFileCommand.ts'
import { decodeProvisioning, encodeProvisioning } from './provisioningCode.ts'

const settings = {
  version: 1,
  account: { platform: 'wecom', corpId: 'ww0' },
  rooms: [
    { id: 'west-lake', name: '西湖', source: { officeRoomId: 1 } },
    { id: 'longjing', source: { officeRoomId: 2 } },
  ],
}
const content = { settings, secrets: { 'wecom.corpSecret': 'SENTINEL' } }
const code = encodeProvisioning(content)

describe('a provisioning code', () => {
  it('is one line of what a scanner can type, and reads back as it was', () => {
    expect(code).toMatch(/^doorplate:1:[\w-]+:[\w-]{8}$/)
    expect(decodeProvisioning(code)).toEqual({ kind: 'read', json: content })
  })

  it('may come broken into lines, as from a mail', () => {
    expect(decodeProvisioning(` ${code.slice(0, 40)}\r\n${code.slice(40)} \n`)).toMatchObject({
      kind: 'read',
    })
  })

  // A scanner set to another keyboard types y for z: the secret would be another one.
  it.each<[string, string, string]>([
    ['a swapped letter', `${code.slice(0, 30)}${code[30] === 'y' ? 'z' : 'y'}${code.slice(31)}`, 'damaged'],
    ['a cut end', code.slice(0, -20), 'damaged'],
    ['a missing check', code.slice(0, -9), 'damaged'],
    ['a colon that came as another sign', code.replaceAll(':', 'Ö'), 'noCode'],
    ['any other text', 'https://example.com/', 'noCode'],
    ['a later form', code.replace(':1:', ':2:'), 'unknownForm'],
  ])('%s is told as such', (_name, text, kind) => {
    expect(decodeProvisioning(text)).toEqual({ kind })
  })
})

describe('the command that makes one', () => {
  const written = new Map<string, string>()
  const make = (file: unknown, device: string | null = null, pictureFile: string | null = null) =>
    runFileCommand(
      { kind: 'provisioningCode', file: 'p.json', device, pictureFile },
      {
        readText: () => Promise.resolve(JSON.stringify(file)),
        writePrivate: (path, text) => Promise.resolve(void written.set(path, text)),
        device: { read: () => Promise.resolve({ hostName: 'desk', serials: [] }) },
        findSecret: () => Promise.resolve({ kind: 'there' }),
      },
    )

  it('prints the code alone, and beside it the picture and a warning', async () => {
    const { output, notes, exitCode } = await make(content, null, 'p.svg')
    expect(output).toBe(`${code}\n`)
    expect(notes).toContain('█')
    expect(notes).toContain('holds the secrets')
    expect(written.get('p.svg')).toContain('<svg')
    expect(exitCode).toBe(0)
  })

  it('has the settings of one tablet where it is asked for one', async () => {
    const devices = [
      { hostName: 'door-17', room: 'longjing' },
      { serial: 'A1', room: 'west-lake' },
    ]
    const { output } = await make({ ...content, devices }, 'a1')
    expect(decodeProvisioning(output)).toMatchObject({
      json: { settings: { rooms: [settings.rooms[0]] }, secrets: content.secrets },
    })
    expect(await make({ ...content, devices }, 'door-18')).toMatchObject({ exitCode: 11 })
  })

  it('draws none that no scanner reads, and says what to do', async () => {
    const rooms = Array.from({ length: 30 }, (_, index) => ({
      id: `room-${index}`,
      source: { officeRoomId: index + 1 },
    }))
    const { notes, output } = await make({ ...content, settings: { ...settings, rooms } })
    expect(notes).not.toContain('█')
    expect(notes).toContain('--device=NAME')
    expect(decodeProvisioning(output)).toMatchObject({ kind: 'read' })
    const many = Array.from({ length: 190 }, (_, index) => ({
      id: `room-${index}`,
      source: { officeRoomId: index + 1 },
    }))
    expect(await make({ ...content, settings: { ...settings, rooms: many } })).toMatchObject({ exitCode: 11 })
  })

  it('refuses a file that does not fit', async () => {
    const { output, exitCode } = await make(settings)
    expect(output).toContain('--check-config')
    expect(output).not.toContain('SENTINEL')
    expect(exitCode).toBe(11)
  })
})
