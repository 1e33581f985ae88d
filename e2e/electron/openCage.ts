import { spawn } from 'node:child_process'
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { openXvfb } from './openXvfb.ts'
import { NOBODY } from './prepareRuntime.ts'
import { runX11 } from './runX11.ts'
import type { ScreenSize, VirtualScreen } from './VirtualScreen.ts'

/** Its window is its screen: twice as large, so that a turned one has room. */
const roomFor = ({ width, height }: ScreenSize): ScreenSize => ({ width: 2 * width, height: 2 * height })

/**
 * The compositor of the recommended session. Debian's cage knows no protocol by which its screens could be changed, but as
 * a client of X11 its screen is a window: it can be resized, and keys and the mouse go through.
 */
export async function openCage(size: ScreenSize): Promise<VirtualScreen> {
  const below = await openXvfb(roomFor(size))
  const folder = await mkdtemp(join(tmpdir(), 'doorplate-cage-'))
  // It refuses root, and a folder that is not its own.
  const isRoot = process.getuid?.() === 0
  if (isRoot) await chown(folder, NOBODY, NOBODY)
  await chmod(folder, 0o700)
  const child = spawn('cage', ['--', 'sh', '-c', 'echo "$WAYLAND_DISPLAY"; exec sleep infinity'], {
    ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
    stdio: ['ignore', 'pipe', 'pipe'],
    // Its own client outlives it otherwise.
    detached: true,
    env: {
      PATH: process.env['PATH'],
      DISPLAY: below.x11,
      XDG_RUNTIME_DIR: folder,
      WLR_BACKENDS: 'x11',
      WLR_RENDERER: 'pixman',
      WLR_X11_OUTPUTS: '1',
    },
  })
  const said: string[] = []
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text))
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const name = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve)
    child.once('error', (error) => reject(new Error(`cage could not be started: ${error.message}`)))
    child.once('exit', () => reject(new Error(`cage ended: ${said.join('')}`)))
  })
  const screen: VirtualScreen = {
    environment: { WAYLAND_DISPLAY: join(folder, name) },
    args: ['--ozone-platform=wayland'],
    x11: below.x11,
    async close() {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
      await ended
      await below.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
  await resizeCage(screen, size)
  return screen
}

/** Gives cage's screen another size, as a tablet that was turned. */
export async function resizeCage(screen: VirtualScreen, { width, height }: ScreenSize): Promise<void> {
  const found = await runX11(screen, 'xdotool', ['search', '--onlyvisible', '--maxdepth', '1', ''])
  // The first is the root window.
  const window = found.split('\n')[1] ?? ''
  await runX11(screen, 'xdotool', ['windowsize', '--sync', window, String(width), String(height)])
}
