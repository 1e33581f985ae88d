import { describe, expect, it } from 'vitest'
import type { CommandOutcome } from '../../core/machine/RunCommand.ts'
import { SealError } from '../adapters/createSeal.ts'
import { checkGraphics } from './checkGraphics.ts'
import { checkInstance } from './checkInstance.ts'
import { checkKeyring } from './checkKeyring.ts'
import { checkSandbox } from './checkSandbox.ts'
import { screenSockets } from './hasScreen.ts'

const ended = (exitCode: number): CommandOutcome => ({ kind: 'ended', output: '', exitCode })

describe('checkSandbox', () => {
  const base = {
    platform: 'linux' as NodeJS.Platform,
    args: ['/opt/Doorplate/doorplate', '--doctor'],
    userId: 990,
    programFolder: '/opt/Doorplate',
    run: () => Promise.resolve(ended(1)),
    findOwner: () => Promise.resolve(null),
    readText: () => Promise.resolve(null),
  }
  const helperOf = (userId: number, mode: number) => (path: string) =>
    Promise.resolve(path.endsWith('chrome-sandbox') ? { userId, mode } : null)
  const profile = (path: string) =>
    Promise.resolve(path.startsWith('/etc/apparmor.d/') ? { userId: 0, mode: 0 } : null)
  const restricted = { readText: () => Promise.resolve('1\n') }

  it.each<[string, object, string, string]>([
    ['switched off', { args: ['--no-sandbox'] }, 'fail', 'sandboxNone'],
    ['root', { userId: 0 }, 'fail', 'sandboxRoot'],
    ['the helper of the package', { findOwner: helperOf(0, 0o104755) }, 'ok', 'sandboxSetuid'],
    ['a helper that lost its rights', { findOwner: helperOf(990, 0o100755) }, 'fail', 'sandboxMissing'],
    ['user namespaces', { run: () => Promise.resolve(ended(0)) }, 'ok', 'sandboxNamespaces'],
    ['Ubuntu 24.04 with the profile', { ...restricted, findOwner: profile }, 'ok', 'sandboxProfile'],
    ['Ubuntu 24.04 without it', restricted, 'fail', 'sandboxMissing'],
    ['Windows', { platform: 'win32', userId: null }, 'ok', 'sandboxSystem'],
  ])('%s', async (_name, over, outcome, text) => {
    expect(await checkSandbox({ ...base, ...over })).toMatchObject({ outcome, text })
  })
})

describe('checkInstance', () => {
  it.each<[string, string | null, string | null, string, string]>([
    ['no lock', null, null, 'ok', 'instanceNone'],
    ['a panel that runs', 'door-17-812', '/opt/Doorplate/doorplate', 'ok', 'instanceRuns'],
    ['a panel of another user', 'door-17-812', '', 'ok', 'instanceRuns'],
    ['a lock of an ended one', 'door-17-812', null, 'ok', 'instanceLeft'],
    // Every start then ends with 12.
    ['a number that is in use again', 'door-17-812', '/usr/bin/bash', 'warn', 'instanceTaken'],
  ])('%s', async (_name, link, program, outcome, text) => {
    const asked = checkInstance({
      platform: 'linux',
      folder: '/f',
      program: 'doorplate',
      readLink: (path) => Promise.resolve(path === '/f/SingletonLock' ? link : null),
      programOf: (pid) => Promise.resolve(pid === 812 ? program : null),
    })
    expect(await asked).toMatchObject({ outcome, text })
  })
})

describe('checkKeyring', () => {
  const sealed = { method: 'v11', strength: 'sealed', blob: '' } as const
  const weak = { ...sealed, strength: 'obfuscated' }
  const opens = (text: string) => () => Promise.resolve({ text, isOutdated: false })

  it.each<[string, object, string, string]>([
    ['seals', {}, 'ok', 'keyringSealed'],
    ['only obfuscates', { seal: () => Promise.resolve(weak) }, 'warn', 'keyringObfuscated'],
    [
      'waits for a password',
      { seal: () => Promise.reject(new SealError('pending')) },
      'fail',
      'keyringHangs',
    ],
    ['refuses', { seal: () => Promise.reject(new SealError('refused')) }, 'fail', 'keyringRefused'],
    ['gives something else back', { open: opens('') }, 'fail', 'keyringRefused'],
  ])('a key store that %s', async (_name, over, outcome, text) => {
    const seal = { seal: () => Promise.resolve(sealed), open: opens('doorplate sealing probe'), ...over }
    expect(await checkKeyring(seal, 10_000)).toMatchObject({ outcome, text })
  })
})

describe('checkGraphics', () => {
  const memory = (mode: string) => ({
    file: '/f/run/graphics.json',
    text: JSON.stringify({ mode, failuresAtMs: [], versions: '1 45' }),
  })

  it.each<[Parameters<typeof checkGraphics>[0], string, string]>([
    [{ compositing: 'enabled', memory: null }, 'ok', 'gpuHardware'],
    [{ compositing: 'enabled', memory: memory('hardware') }, 'ok', 'gpuHardware'],
    [{ compositing: 'disabled_software', memory: null }, 'warn', 'gpuSoftware'],
    // The hardware looks fine here, and the panel does not use it.
    [{ compositing: 'enabled', memory: memory('software') }, 'warn', 'gpuGivenUp'],
    [{ compositing: null, memory: null }, 'unknown', 'needsScreen'],
    [{ compositing: 'enabled', memory: { file: '', text: '{' } }, 'ok', 'gpuHardware'],
  ])('%j is %s: %s', (facts, outcome, text) => {
    expect(checkGraphics(facts)).toMatchObject({ outcome, text })
  })
})

it.each<[Parameters<typeof screenSockets>[0], readonly string[], boolean]>([
  [{}, [], false],
  [{ DISPLAY: ':99' }, ['/tmp/.X11-unix/X99'], false],
  [
    { DISPLAY: ':0.0', WAYLAND_DISPLAY: 'wayland-0', XDG_RUNTIME_DIR: '/run/user/990' },
    ['/run/user/990/wayland-0', '/tmp/.X11-unix/X0'],
    false,
  ],
  [{ WAYLAND_DISPLAY: '/run/w' }, ['/run/w'], false],
  [{ DISPLAY: 'terminal:10.0' }, [], true],
])('the screens of %j', (environment, sockets, isRemote) => {
  expect(screenSockets(environment)).toEqual({ sockets, isRemote })
})
