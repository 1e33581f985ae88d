/**
 * Waits for `work`, but no longer than until `signal` fires; work that ignores its signal is left behind.
 * @throws the signal's reason once it fired, whatever the work says about it in its own words
 */
export async function raceAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let leave = (): void => undefined
  const fired = new Promise<void>((resolve) => {
    leave = resolve
    signal.addEventListener('abort', leave, { once: true })
    if (signal.aborted) resolve()
  })
  try {
    return await Promise.race([work, fired.then(() => throwReasonOf(signal))])
  } catch (error) {
    signal.throwIfAborted()
    throw error
  } finally {
    signal.removeEventListener('abort', leave)
  }
}

function throwReasonOf(signal: AbortSignal): never {
  signal.throwIfAborted()
  throw new Error('a signal that fired carries no reason')
}
