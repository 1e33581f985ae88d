import { connect } from 'node:net'
import { isAbsolute, join } from 'node:path'

/** The environment, as far as it names a screen. */
export type ScreenEnvironment = Readonly<
  Partial<Record<'DISPLAY' | 'WAYLAND_DISPLAY' | 'XDG_RUNTIME_DIR', string | undefined>>
>

/** Where the screens of an environment listen; X over a network cannot be asked and counts as there. */
export function screenSockets({
  DISPLAY = '',
  WAYLAND_DISPLAY = '',
  XDG_RUNTIME_DIR = '',
}: ScreenEnvironment): {
  readonly sockets: readonly string[]
  readonly isRemote: boolean
} {
  const wayland = isAbsolute(WAYLAND_DISPLAY) ? WAYLAND_DISPLAY : join(XDG_RUNTIME_DIR, WAYLAND_DISPLAY)
  const [, host = '', number] = /^(.*):(\d+)(?:\.\d+)?$/.exec(DISPLAY) ?? []
  const local = number === undefined || host !== '' ? [] : [`/tmp/.X11-unix/X${number}`]
  return {
    sockets: [...(WAYLAND_DISPLAY === '' ? [] : [wayland]), ...local],
    isRemote: number !== undefined && host !== '',
  }
}

const answers = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })

/** Whether Chromium would find a screen: without one it ends the process before anybody could be told. */
export async function hasScreen(platform: NodeJS.Platform, environment: ScreenEnvironment): Promise<boolean> {
  if (platform !== 'linux') return true
  const { sockets, isRemote } = screenSockets(environment)
  return isRemote || (await Promise.all(sockets.map(answers))).some((one) => one)
}
