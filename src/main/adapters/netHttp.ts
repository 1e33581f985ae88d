import type { Http } from '../../core/ports/Http.ts'
import { createWriteLines } from './createWriteLines.ts'
import type { WriteSession } from './createWriteLines.ts'
import type { NetFetch } from './NetFetch.ts'

/** What {@link createNetHttp} works with. */
export interface NetHttpDeps {
  /** Carries the reads. */
  readonly fetch: NetFetch
  /** See {@link createWriteLines}. */
  readonly openWriteSession: (index: number) => WriteSession
}

/**
 * The core's way to the network through Chromium: the system's proxy and trust store apply. No cookies are kept or sent, and
 * only http(s) is spoken, though `net.fetch` would also read `file:` and our own pages.
 */
export function createNetHttp({ fetch, openWriteSession }: NetHttpDeps): Http {
  const sendWrite = createWriteLines(openWriteSession)
  return {
    fetch: async (input, { isWrite, ...init }) => {
      const { protocol } = new URL(input)
      if (protocol !== 'https:' && protocol !== 'http:') throw new TypeError(`${protocol} is not spoken`)
      const send = isWrite ? sendWrite : fetch
      return send(input, {
        ...init,
        credentials: 'omit',
        // Answers carry titles and names; Chromium would keep them on the tablet's disk.
        cache: 'no-store',
        bypassCustomProtocolHandlers: true,
      })
    },
  }
}
