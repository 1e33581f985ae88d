/** Which kind of screen a run gets. */
export type ScreenKind =
  /** X11 without a window manager, as quick as it gets. */
  | 'xvfb'
  /** X11 whose screen can be turned; root only. */
  | 'xorg'
  /** The recommended kiosk session: cage, on Wayland, which itself lies in a window of an X11 screen. */
  | 'cage'

/** How large, in pixels. */
export interface ScreenSize {
  readonly width: number
  readonly height: number
}

/** A screen nobody sees. */
export interface VirtualScreen {
  /** What a program is told to find it. */
  readonly environment: Readonly<Record<string, string>>
  /** What Chromium is told besides. */
  readonly args: readonly string[]
  /** The X11 server that takes keys, touches and commands about screens: the screen's own, or the one cage lies in. */
  readonly x11: string
  close(): Promise<void>
}
