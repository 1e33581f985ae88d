const HEARTBEAT_MS = 15_000

/** Progress is for people: standard output belongs to the machine-readable lines. */
export const say = (text) => process.stderr.write(`${text}\n`)

const seconds = (fromMs) => `${((performance.now() - fromMs) / 1000).toFixed(1)} s`

/**
 * Tells that a long step began, that it still runs, and how long it took.
 * @template T
 * @param {string} what e.g. `installing packages`
 * @param {() => Promise<T>} run
 */
export async function withProgress(what, run) {
  const startMs = performance.now()
  say(`${what} …`)
  const heartbeat = setInterval(() => say(`${what} … ${seconds(startMs)}`), HEARTBEAT_MS)
  try {
    return await run()
  } finally {
    clearInterval(heartbeat)
    say(`${what}: ${seconds(startMs)}`)
  }
}
