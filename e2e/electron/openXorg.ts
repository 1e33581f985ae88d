import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runX11 } from './runX11.ts'
import { startX11 } from './startX11.ts'
import type { ScreenSize, VirtualScreen } from './VirtualScreen.ts'

const configuration = `
Section "ServerFlags"
  Option "AutoAddDevices" "false"
  Option "AutoAddGPU" "false"
  Option "DontVTSwitch" "true"
EndSection
Section "Device"
  Identifier "card"
  Driver "dummy"
  VideoRam 65536
EndSection
Section "Screen"
  Identifier "screen"
  Device "card"
  DefaultDepth 24
EndSection
`

/** The dummy driver has more of them, but Electron takes no notice of a second one. */
const OUTPUT = 'DUMMY0'
const upright = 'upright'
const turned = 'turned'

/** A mode of any size; its other numbers mean nothing where there is no glass. */
function timings({ width, height }: ScreenSize): readonly string[] {
  const line = (from: number): string[] => [0, 1, 2, 3].map((more) => String(from + more))
  return ['50', ...line(width), ...line(height)]
}

/** A screen of X11 that can be turned while it is in use; see {@link turnXorg}. Root only. */
export async function openXorg(size: ScreenSize): Promise<VirtualScreen> {
  const folder = await mkdtemp(join(tmpdir(), 'doorplate-xorg-'))
  const file = join(folder, 'xorg.conf')
  await writeFile(file, configuration)
  const log = ['-logfile', join(folder, 'xorg.log')]
  const screen = await startX11('Xorg', ['-config', file, ...log, '-novtswitch', '-sharevts'])
  const xrandr = (...args: readonly string[]) => runX11(screen, 'xrandr', args)
  await xrandr('--newmode', upright, ...timings(size))
  await xrandr('--newmode', turned, ...timings({ width: size.height, height: size.width }))
  for (const mode of [upright, turned]) await xrandr('--addmode', OUTPUT, mode)
  await xrandr('--output', OUTPUT, '--mode', upright)
  return {
    ...screen,
    async close() {
      await screen.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Turns the screen on its side. */
export const turnXorg = (screen: VirtualScreen): Promise<string> =>
  runX11(screen, 'xrandr', ['--output', OUTPUT, '--mode', turned])
