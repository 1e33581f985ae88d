import type { App } from 'electron'
import type { Clock } from '../../core/ports/Clock.ts'
import type { Logger } from '../../core/ports/Logger.ts'
import { gpuAfterFailure, gpuAtStart } from './gpuPolicy.ts'
import type { GpuMemory } from './gpuPolicy.ts'
import type { MarkerFile } from './markerFile.ts'

/** What {@link prepareGraphics} needs. */
export interface PrepareGraphicsDeps {
  readonly app: Pick<App, 'disableHardwareAcceleration' | 'commandLine' | 'on'>
  readonly memory: MarkerFile<GpuMemory>
  /** App and Electron together. */
  readonly versions: string
  readonly clock: Clock
  readonly log: Logger
}

/**
 * Chooses how to draw by what happened in earlier runs, and counts what happens in this one. Before ready. The count is written
 * at once: when Chromium gives the GPU up it takes the whole process with it.
 */
export function prepareGraphics({ app, memory, versions, clock, log }: PrepareGraphicsDeps): void {
  let known = gpuAtStart(memory.read(), versions)
  if (known.mode !== 'hardware') {
    log.warn('graphics in safe mode after failures', { mode: known.mode })
    app.disableHardwareAcceleration()
  }
  if (known.mode === 'softwareNoSandbox') app.commandLine.appendSwitch('disable-gpu-sandbox')
  app.on('child-process-gone', (_event, { type, reason, exitCode, name }) => {
    if (reason === 'clean-exit') return
    log.warn('a child process is gone', { type, reason, exitCode, name })
    if (type !== 'GPU') return
    known = gpuAfterFailure(known, clock.now())
    memory.write(known)
  })
}
