import { describe, expect, it } from 'vitest'
import { parseLaunchOptions } from './parseLaunchOptions.ts'

const parse = (args: readonly string[], environment: Record<string, string> = {}) =>
  parseLaunchOptions(['/opt/doorplate/doorplate', ...args], environment, '/start')

describe('parseLaunchOptions', () => {
  it('is a kiosk on the primary screen unless told otherwise', () => {
    expect(parse([])).toEqual({
      ok: true,
      options: {
        isWindowed: false,
        userDataFolder: null,
        provisionFile: null,
        displayNumber: null,
        autostart: null,
        isSupervised: false,
        tree: null,
        serial: null,
        mediaFolder: null,
      },
    })
  })

  it('takes every option, relative paths from where it was started', () => {
    const args = [
      '--windowed',
      '--user-data=data',
      '--provision=/media/stick/panel.json',
      '--display=2',
      '--autostart=on',
    ]
    expect(parse(args, { DOORPLATE_SUPERVISED: '1' })).toEqual({
      ok: true,
      options: {
        isWindowed: true,
        userDataFolder: '/start/data',
        provisionFile: '/media/stick/panel.json',
        displayNumber: 2,
        autostart: 'on',
        isSupervised: true,
        tree: null,
        serial: null,
        mediaFolder: null,
      },
    })
  })

  it('leaves the switches of Chromium and Electron alone', () => {
    expect(
      parse(['.', '--ozone-platform=x11', '--inspect=0', '--user-data-dir=/x', '-r', 'loader.js']).ok,
    ).toBe(true)
  })

  it.each<[string, string | null]>([
    ['0.3.0', '0.3.0'],
    ['1.0.0~beta.1', '1.0.0~beta.1'],
    ['', null],
    ['../../etc', null],
    ['0.3.0\nwell 0.2.0', null],
  ])('the tree %j of the launcher is read as %j, and never keeps the panel from starting', (tree, read) => {
    expect(parse([], { DOORPLATE_TREE: tree })).toMatchObject({ ok: true, options: { tree: read } })
  })

  it.each([
    [['--windowed=yes'], '--windowed takes no value'],
    [['--user-data'], '--user-data'],
    [['--user-data='], '--user-data needs a folder'],
    [['--display=0'], '--display needs a number'],
    [['--display=second'], '--display needs a number'],
    [['--autostart=maybe'], '--autostart is on or off'],
    [['--provision='], '--provision needs a file'],
  ])('refuses %j and says why', (args, problem) => {
    expect(parse(args)).toMatchObject({ ok: false, problem: expect.stringContaining(problem) as string })
  })

  it('does not guess what a supervisor meant', () => {
    expect(parse([], { DOORPLATE_SUPERVISED: 'true' })).toMatchObject({ ok: false })
  })
})
