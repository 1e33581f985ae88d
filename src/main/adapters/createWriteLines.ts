import type { NetFetch } from './NetFetch.ts'

/** A session of Electron's that carries writes and nothing else. */
export interface WriteSession {
  readonly fetch: NetFetch
  /** Ends the connections nobody uses at this moment. */
  readonly closeAllConnections: () => Promise<void>
}

/** Sends one write on a connection nobody used before. */
export type SendWrite = (
  input: string,
  init: Parameters<NetFetch>[1] & { readonly signal: AbortSignal },
) => Promise<Response>

/**
 * A write has a session to itself until its call is over, and what the last one left open there is closed first. Closing
 * the only session's connections would make the reads pay, and would tear at another write that is under way. There are
 * as many sessions as there ever were writes at once; Electron never frees one.
 * @param openSession opens the session of this number, counted from 0
 */
export function createWriteLines(openSession: (index: number) => WriteSession): SendWrite {
  const idle: WriteSession[] = []
  let opened = 0

  function take(): WriteSession {
    const kept = idle.pop()
    if (kept) return kept
    opened += 1
    return openSession(opened - 1)
  }

  return async (input, init) => {
    const { signal } = init
    signal.throwIfAborted()
    const session = take()
    signal.addEventListener('abort', () => void idle.push(session), { once: true })
    await session.closeAllConnections()
    signal.throwIfAborted()
    return session.fetch(input, init)
  }
}
