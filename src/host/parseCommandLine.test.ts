import { describe, expect, it } from 'vitest'
import { helpText, parseCommandLine } from './parseCommandLine.ts'

const defaults = { stateDirectory: '/state', screenDirectory: '/screen' }
const parse = (...args: string[]) => parseCommandLine(args, defaults)
const optionsOf = (...args: string[]) => {
  const parsed = parse('--config', 'panel.json', ...args)
  if (parsed.kind !== 'run') throw new Error(JSON.stringify(parsed))
  return parsed.options
}

describe('the command line', () => {
  it('is closed to the network unless told otherwise', () => {
    expect(optionsOf()).toEqual({
      settingsFile: 'panel.json',
      secretsFile: null,
      stateDirectory: '/state',
      screenDirectory: '/screen',
      host: '127.0.0.1',
      port: 8787,
      allowedHosts: [],
      isGalleryOn: false,
      logLevel: 'info',
    })
  })

  it('takes every option, and names in the form browsers send them', () => {
    const args =
      '--secrets s --state st --host 0.0.0.0 --port 0 --allow-host Door.Example.com --allow-host [FD00::1]'
    expect(
      optionsOf(...args.split(' '), '--screen', 'sc', '--gallery', '--log-level', 'debug'),
    ).toMatchObject({
      secretsFile: 's',
      stateDirectory: 'st',
      screenDirectory: 'sc',
      host: '0.0.0.0',
      port: 0,
      allowedHosts: ['door.example.com', '[fd00::1]'],
      isGalleryOn: true,
      logLevel: 'debug',
    })
  })

  it.each([
    [['--config', ''], '--config: expected a file'],
    [['--config'], '--config'],
    [['--config', 'a', '--frobnicate'], "'--frobnicate'"],
    [['--config', 'a', 'b'], "'b'"],
    [['--config', 'a', '--port', 'http'], '--port http'],
    [['--config', 'a', '--port', '65536'], '--port 65536'],
    [['--config', 'a', '--port=-1'], '--port -1'],
    [['--config', 'a', '--port', '8787.5'], '--port 8787.5'],
    [['--config', 'a', '--log-level', 'loud'], 'debug, info, warn, error'],
    [['--config', 'a', '--host', '0.0.0.0'], '--allow-host'],
    [['--config', 'a', '--host', '192.168.1.5'], '--allow-host'],
    [['--config', 'a', '--host', '::'], '--allow-host'],
    [['--config', 'a', '--host', '127.evil.example'], '--allow-host'],
    [['--config', 'a', '--allow-host', 'door:8787'], 'without port'],
    [['--config', 'a', '--allow-host', 'http://door'], 'without port'],
    [['--config', 'a', '--allow-host', '*'], 'without port'],
  ])('refuses %j and names what is wrong', (args, part) => {
    const parsed = parse(...args)
    expect(parsed.kind).toBe('wrong')
    expect(parsed).toHaveProperty('problem', expect.stringContaining(part))
  })

  it.each(['127.0.0.1', '127.0.0.53', 'localhost', '::1'])('needs no name for the loopback %s', (host) => {
    expect(optionsOf('--host', host).host).toBe(host)
  })

  it('prints help before it asks for anything', () => {
    expect(parse('--help').kind).toBe('help')
    expect(parse('-h').kind).toBe('help')
    expect(parse('--version').kind).toBe('version')
  })

  it('names every option in the help', () => {
    for (const option of [
      'config',
      'secrets',
      'state',
      'host',
      'port',
      'allow-host',
      'screen',
      'gallery',
      'log-level',
    ]) {
      expect(helpText).toContain(`--${option} `)
    }
  })
})
