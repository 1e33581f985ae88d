import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Clock } from '../../core/ports/Clock.ts'

/**
 * A file whose age tells an outside watchdog how long ago the panel was seen alive on its screen. It is touched, not written:
 * a tablet's flash would not enjoy a write every few seconds for years.
 * @returns touches it; a disk that refuses is the watchdog's business to notice
 */
export function createHeartbeatFile(path: string, clock: Clock): () => void {
  return () => {
    const seconds = clock.now() / 1000
    try {
      utimesSync(path, seconds, seconds)
    } catch {
      try {
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
        writeFileSync(path, '', { mode: 0o600 })
      } catch {
        // Nothing to do: an old heartbeat is the message.
      }
    }
  }
}
