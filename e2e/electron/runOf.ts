import type { RunningDisplay } from '../fixtures/Display.ts'
import type { ElectronRun } from './ElectronRun.ts'

/** The app behind a door on the real Electron. */
export function runOf({ display }: { readonly display: RunningDisplay }): ElectronRun {
  if (display.electron === null) throw new Error('this spec needs the real Electron')
  return display.electron
}
