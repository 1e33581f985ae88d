import { describe, expect, it } from 'vitest'
import { defaultStateDirectory } from './defaultStateDirectory.ts'

const placeOf = (environment: Record<string, string>, platform: NodeJS.Platform = 'linux') =>
  defaultStateDirectory({ environment, platform, homeDirectory: '/data/panel' })

describe('defaultStateDirectory', () => {
  it.each([
    [
      'what systemd gives',
      { STATE_DIRECTORY: '/var/lib/doorplate', XDG_STATE_HOME: '/x' },
      '/var/lib/doorplate',
    ],
    ['its first one', { STATE_DIRECTORY: '/var/lib/a:/var/lib/b' }, '/var/lib/a'],
    ['what the user chose', { XDG_STATE_HOME: '/data/state' }, '/data/state/doorplate'],
    ['the usual place', {}, '/data/panel/.local/state/doorplate'],
  ])('is %s', (_name, environment, place) => {
    expect(placeOf(environment)).toBe(place)
  })

  // A PIN and secrets in whatever folder the host was started from.
  it.each([{ XDG_STATE_HOME: '' }, { XDG_STATE_HOME: 'state' }, { STATE_DIRECTORY: '' }])(
    'is never relative to where the host was started: %j',
    (environment) => {
      expect(placeOf(environment)).toBe('/data/panel/.local/state/doorplate')
    },
  )

  it('follows Windows there, unless its variable is empty', () => {
    expect(placeOf({ LOCALAPPDATA: '' }, 'win32')).toMatch(/^\/data\/panel.AppData.Local.Doorplate.state$/)
  })
})
