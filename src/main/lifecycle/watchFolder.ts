import { exitCodes } from '../../core/Core.ts'
import type { Clock } from '../../core/ports/Clock.ts'
import type { Logger } from '../../core/ports/Logger.ts'
import type { Exit } from './createExit.ts'
import type { FolderTrouble } from './folderTrouble.ts'

/** What {@link watchFolder} needs. */
export interface WatchFolderDeps {
  readonly clock: Clock
  readonly log: Logger
  readonly exit: Pick<Exit, 'request'>
  readonly look: () => FolderTrouble | null
  readonly isSupervised: boolean
  /** Electron's own files lie elsewhere: the panel runs, but not as it should. */
  readonly isAside: boolean
}

const LOOK_EVERY_MS = 15_000
/** How long a panel beside its folder goes on before its supervisor is told: sooner than a watchdog misses its heartbeat. */
const PATIENCE_MS = 240_000

/**
 * Waits for a folder that could not be written at the start. Once it can, a fresh process keeps what it learns again; a panel
 * that nobody starts again stays as it is.
 */
export function watchFolder(deps: WatchFolderDeps): void {
  const { clock, log, exit, look, isSupervised, isAside } = deps
  const since = clock.monotonic()

  function turn(): void {
    if (look() === null) {
      log.warn('the folder can be written again')
      if (isSupervised) exit.request(exitCodes.restartMe, 'the folder can be written again')
      return
    }
    if (isAside && isSupervised && clock.monotonic() - since >= PATIENCE_MS) {
      exit.request(exitCodes.folderUnwritable, 'the folder cannot be written')
      return
    }
    clock.schedule(LOOK_EVERY_MS, turn)
  }

  clock.schedule(LOOK_EVERY_MS, turn)
}
