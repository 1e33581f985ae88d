import { join } from 'node:path'

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
    return join(environment['LOCALAPPDATA'] ?? join(homeDirectory, 'AppData', 'Local'), 'Doorplate', 'state')
  }
  return join(environment['XDG_STATE_HOME'] ?? join(homeDirectory, '.local', 'state'), 'doorplate')
}
