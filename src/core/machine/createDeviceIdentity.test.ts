import { describe, expect, it } from 'vitest'
import { createDeviceIdentity } from './createDeviceIdentity.ts'

const build = (files: Readonly<Record<string, string>>, over: object = {}) =>
  createDeviceIdentity({
    platform: 'linux',
    hostName: () => 'door-17',
    givenSerial: undefined,
    readText: (path) => {
      const text = files[path]
      return text === undefined ? Promise.reject(new Error('EACCES')) : Promise.resolve(text)
    },
    run: () => Promise.resolve({ kind: 'absent' }),
    ...over,
  })

describe('createDeviceIdentity', () => {
  it('knows Linux by what this user may read', async () => {
    const files = { '/etc/doorplate/serial': ' A-17\n', '/etc/machine-id': 'c0ffee\n' }
    expect(await build(files).read()).toEqual({ hostName: 'door-17', serials: ['A-17', 'c0ffee'] })
  })

  it('reads the serial number of a board, which ends with a zero byte', async () => {
    const files = { '/proc/device-tree/serial-number': '100000003d1d1c36\0' }
    expect((await build(files).read()).serials).toEqual(['100000003d1d1c36'])
  })

  it('asks Windows, and the environment first', async () => {
    const asked: string[] = []
    const run = (command: string) => {
      asked.push(command)
      return Promise.resolve({ kind: 'ended', exitCode: 0, output: '5CG1234XYZ\r\n' } as const)
    }
    const identity = build({ '/etc/machine-id': 'x' }, { platform: 'win32', givenSerial: 'A-17', run })
    expect((await identity.read()).serials).toEqual(['A-17', '5CG1234XYZ'])
    expect(asked).toEqual(['powershell.exe'])
  })

  // Two tablets of one cheap series would both take the first room.
  it.each([
    'To be filled by O.E.M.',
    'Default string',
    '0000000',
    'System Serial Number',
    '123456789',
    'None',
  ])('does not take the filler %s for a number', async (text) => {
    expect((await build({ '/sys/class/dmi/id/product_serial': `${text}\n` }).read()).serials).toEqual([])
  })

  it('goes by its host name where nothing else answers', async () => {
    expect(await build({}, { platform: 'win32' }).read()).toEqual({ hostName: 'door-17', serials: [] })
  })
})
