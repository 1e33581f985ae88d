import type { Logger } from '../../core/ports/Logger.ts'
import type { Updates } from './createUpdates.ts'

/** One line a start, so that the log says by itself which version ran when, and why not the installed one. */
export async function sayUpdates(updates: Pick<Updates, 'read'>, log: Logger): Promise<void> {
  const { ring, last, givenUp } = await updates.read()
  log.info('updates', { ring, version: last?.version, fromVersion: last?.fromVersion, atMs: last?.atMs })
  if (givenUp === null) return
  log.warn(
    'the installed version was not well in three starts; an older one runs until another is installed',
    {
      ...givenUp,
    },
  )
}
