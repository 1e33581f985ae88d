import { openCage } from './openCage.ts'
import { openXorg } from './openXorg.ts'
import { openXvfb } from './openXvfb.ts'
import type { ScreenKind, ScreenSize, VirtualScreen } from './VirtualScreen.ts'

const openers: Readonly<Record<ScreenKind, (size: ScreenSize) => Promise<VirtualScreen>>> = {
  xvfb: openXvfb,
  xorg: openXorg,
  cage: openCage,
}

/** Opens a screen for one test. */
export const openScreen = (kind: ScreenKind, size: ScreenSize): Promise<VirtualScreen> => openers[kind](size)
