import { describe, expect, it } from 'vitest'
import { parseCommand } from './parseCommand.ts'

const parse = (...args: string[]) => parseCommand(['/opt/Doorplate/doorplate', ...args], '/start')

describe('parseCommand', () => {
  it('leaves a start of the panel alone', () => {
    expect(parse('--user-data=/x', '--ozone-platform=x11', '--lang=de', '-r', 'loader.js', '.')).toEqual({
      kind: 'none',
    })
  })

  it.each<[readonly string[], object]>([
    [['--check-config', 'panel.json'], { kind: 'checkConfig', file: '/start/panel.json' }],
    [['--check-config=/etc/panel.json', '--user-data=x'], { kind: 'checkConfig', file: '/etc/panel.json' }],
    [
      ['--provisioning-code', 'p.json', '--device', 'door-17', '--qr=17.svg'],
      { kind: 'provisioningCode', file: '/start/p.json', device: 'door-17', pictureFile: '/start/17.svg' },
    ],
    [['--doctor'], { kind: 'doctor', isJson: false, language: null }],
    [['--doctor', '--json', '--language=en-US'], { kind: 'doctor', isJson: true, language: 'en-US' }],
  ])('reads %j', (args, command) => {
    expect(parse(...args)).toEqual({ kind: 'command', command })
  })

  it.each<[readonly string[], string]>([
    [['--check-config'], '--check-config needs a file'],
    [['--check-config', '--doctor'], '--check-config needs a file'],
    [['--doctor', '--language=de-DE'], '--language is zh-CN or en-US'],
    [['--doctor=yes'], '--doctor takes no value'],
    [['--doctor', '--check-config=a'], 'one at a time'],
    [['--json'], 'belong to --doctor'],
    [['--qr=a.svg'], 'belong to --provisioning-code'],
    [['--provisioning-code=a', '--qr=a.png'], '--qr needs'],
  ])('refuses %j and says why', (args, problem) => {
    expect(parse(...args)).toEqual({ kind: 'wrong', problem: expect.stringContaining(problem) as string })
  })
})
