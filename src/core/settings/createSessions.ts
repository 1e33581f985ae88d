import { randomBytes } from 'node:crypto'
import type { Session } from '../../shared/api/admin.ts'
import { SESSION_IDLE_MS } from '../../shared/api/patience.ts'
import type { Clock } from '../ports/Clock.ts'

/** Sessions opened by a PIN: unguessable, in memory only, gone after three idle minutes. */
export interface Sessions {
  open(): Session
  close(token: string): void
  /** Whether the token is good now; asking keeps it alive. */
  isOpen(token: string): boolean
}

const MAX_SESSIONS = 16

/** See {@link Sessions}. */
export function createSessions(clock: Clock): Sessions {
  const usedAtMs = new Map<string, number>()

  function isOpen(token: string): boolean {
    const lastMs = usedAtMs.get(token)
    if (lastMs === undefined) return false
    usedAtMs.delete(token)
    if (clock.monotonic() - lastMs > SESSION_IDLE_MS) return false
    usedAtMs.set(token, clock.monotonic())
    return true
  }

  return {
    open() {
      const token = randomBytes(32).toString('base64url')
      usedAtMs.set(token, clock.monotonic())
      // The map keeps order of use: the first key is the longest idle one.
      const oldest = usedAtMs.size > MAX_SESSIONS ? usedAtMs.keys().next().value : undefined
      if (oldest !== undefined) usedAtMs.delete(oldest)
      return { token, idleMs: SESSION_IDLE_MS }
    },
    close: (token) => usedAtMs.delete(token),
    isOpen,
  }
}
