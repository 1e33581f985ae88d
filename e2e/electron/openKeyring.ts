import { spawn } from 'node:child_process'
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { openXvfb } from './openXvfb.ts'
import { NOBODY } from './prepareRuntime.ts'

/** A session bus with GNOME's keyring on it. */
export interface Keyring {
  /** What a program is told to find it. */
  readonly environment: Readonly<Record<string, string>>
  close(): Promise<void>
}

/** Its own dialogs appear on a screen nobody looks at. */
const START = 'gnome-keyring-daemon --start --components=secrets >/dev/null'

/** A keyring that asks for a password before it does anything, and nobody is there to type one. */
export async function openWaitingKeyring(): Promise<Keyring> {
  const screen = await openXvfb({ width: 640, height: 480 })
  const folder = await mkdtemp(join(tmpdir(), 'doorplate-keyring-'))
  const isRoot = process.getuid?.() === 0
  if (isRoot) await chown(folder, NOBODY, NOBODY)
  await chmod(folder, 0o700)
  const script = `${START}; echo "$DBUS_SESSION_BUS_ADDRESS"; exec sleep infinity`
  const child = spawn('dbus-run-session', ['--', 'sh', '-c', script], {
    ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
    env: { PATH: process.env['PATH'], ...screen.environment, HOME: folder, XDG_RUNTIME_DIR: folder },
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const address = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve)
    child.once('error', reject)
    child.once('exit', () => reject(new Error('the session bus ended')))
  })
  return {
    environment: { DBUS_SESSION_BUS_ADDRESS: address },
    async close() {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
      await ended
      await screen.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
