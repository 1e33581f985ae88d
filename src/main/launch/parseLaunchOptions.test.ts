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
      },
    })
  })

  it('leaves the switches of Chromium and Electron alone', () => {
    expect(
      parse(['.', '--ozone-platform=x11', '--inspect=0', '--user-data-dir=/x', '-r', 'loader.js']).ok,
    ).toBe(true)
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
