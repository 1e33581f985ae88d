import { isAbsolute, join } from 'node:path'

/** What the place of the state depends on. */
export interface MachineFacts {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  readonly homeDirectory: string
}

/** Where state is kept when the operator names no directory: what systemd gives the unit, else the user's own place. */
export function defaultStateDirectory({ environment, platform, homeDirectory }: MachineFacts): string {
  // systemd separates several directories by colons; the first is ours.
  const given = environment['STATE_DIRECTORY']?.split(':', 1)[0]
  if (given) return given
  if (platform === 'win32') {
    const local = environment['LOCALAPPDATA'] ?? ''
    return join(local === '' ? join(homeDirectory, 'AppData', 'Local') : local, 'Doorplate', 'state')
  }
  // The XDG base directory specification: an empty or relative value counts as none.
  const chosen = environment['XDG_STATE_HOME'] ?? ''
  return join(isAbsolute(chosen) ? chosen : join(homeDirectory, '.local', 'state'), 'doorplate')
}
