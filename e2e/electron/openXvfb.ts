import { startX11 } from './startX11.ts'
import type { ScreenSize, VirtualScreen } from './VirtualScreen.ts'

/** A screen of its own for one test: two kiosks on one screen would fight for its focus. */
export const openXvfb = ({ width, height }: ScreenSize): Promise<VirtualScreen> =>
  startX11('Xvfb', ['-screen', '0', `${width}x${height}x24`])
