import type { Clock } from '../../core/ports/Clock.ts'
import type { Logger } from '../../core/ports/Logger.ts'
import { noStarts, noteStart, startHistorySchema } from './crashLoop.ts'
import { createMarkerFile, createMarkerFs } from './markerFile.ts'

/** What {@link createStartHistory} needs. */
export interface StartHistoryDeps {
  readonly clock: Clock
  readonly log: Logger
  readonly pathOf: (...names: readonly string[]) => string
}

/** Slows a crash loop across runs down. */
export interface StartHistoryKeeper {
  /** Resolves at once unless the last starts went badly. */
  pauseAfterTrouble(): Promise<void>
  /** The panel is well: earlier trouble counts no more. */
  forgetTrouble(): void
  /** Somebody asked this run to end: it was no trouble, however short; what was before it still counts. */
  noteWantedEnd(): void
}

/** Notes this start on disk before anything can go wrong in it. */
export function createStartHistory({ clock, log, pathOf }: StartHistoryDeps): StartHistoryKeeper {
  const file = createMarkerFile({
    path: pathOf('run', 'starts.json'),
    schema: startHistorySchema,
    initial: noStarts,
    fs: createMarkerFs(),
  })
  let earlier = file.read()
  const { history, pauseMs } = noteStart(earlier, clock.now())
  file.write(history)

  return {
    pauseAfterTrouble: () => {
      if (pauseMs === 0) return Promise.resolve()
      log.warn('a pause after troubled starts', { pauseMs, starts: history.startsAtMs.length })
      return new Promise((resolve) => {
        clock.schedule(pauseMs, resolve)
      })
    },
    forgetTrouble() {
      earlier = noStarts
      file.write(noStarts)
    },
    noteWantedEnd: () => file.write(earlier),
  }
}
