import { createSimulator } from '../../../../simulator/createSimulator.ts'
import type { Simulator } from '../../../../simulator/createSimulator.ts'
import type { SeedName } from '../../../../simulator/world/World.ts'
import type { Http } from '../../ports/Http.ts'
import { createLeapClock } from '../../testing/leapClock.ts'
import type { LeapClock } from '../../testing/leapClock.ts'

/** Where it is to be found; every other address resolves to nothing. */
const URL_OF_VENDOR = 'https://vendor.invalid'
/** Turns of the event loop without a sign of life after which only time can help: three times what any step takes. */
const QUIET_TURNS = 20

/** The simulated servers in this process, and the clock they and their callers go by. */
export interface SimulatedVendor {
  readonly simulator: Simulator
  readonly clock: LeapClock
  readonly url: string
  /** The way there: no sockets, no time of ours. */
  readonly http: Http
  /** From now on no request comes through: it fails with this code of the transport. */
  cutOff(code: string): void
  /** Calls the control API. @returns its answer, unread as to its type */
  control(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<unknown>
  close(): Promise<void>
}

/** @param code as Node's fetch and TLS name it */
export const transportFailure = (code: string): TypeError =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })

/** @param seed nothing booked, or a believable working day */
export function openSimulatedVendor(startMs: number, seed: SeedName = 'empty'): SimulatedVendor {
  /** Calls that came, were answered or got a further part of an answer. */
  let stirs = 0
  let cutWith: string | null = null

  async function settle(): Promise<void> {
    let seen = stirs
    for (let quiet = 0; quiet < QUIET_TURNS; quiet += 1) {
      await new Promise((resolve) => setImmediate(resolve))
      if (stirs === seen) continue
      seen = stirs
      quiet = -1
    }
  }

  const clock = createLeapClock(startMs, settle)

  const wait = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise<void>((resolve, reject) => {
      const cancel = clock.linger(ms, resolve)
      const giveUp = (): void => {
        cancel()
        reject(new Error('the simulator closes', { cause: signal.reason }))
      }
      signal.addEventListener('abort', giveUp, { once: true })
    })
  const simulator = createSimulator({ now: () => clock.now(), wait, seed })

  async function handle(address: string, init?: RequestInit): Promise<Response> {
    stirs += 1
    try {
      return await simulator.handle(address, init)
    } finally {
      stirs += 1
    }
  }

  /** A body in parts is a sign of life too. */
  function watched(answer: Response): Response {
    if (!answer.body) return answer
    const watch = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        stirs += 1
        controller.enqueue(chunk)
      },
    })
    return new Response(answer.body.pipeThrough(watch), answer)
  }

  return {
    simulator,
    clock,
    url: URL_OF_VENDOR,
    http: {
      async fetch(input, init) {
        if (cutWith !== null) throw transportFailure(cutWith)
        if (new URL(input).origin !== URL_OF_VENDOR) throw transportFailure('ENOTFOUND')
        return watched(await handle(input, init))
      },
    },
    cutOff: (code) => {
      cutWith = code
    },
    async control(method, path, body = {}) {
      const init = method === 'GET' ? { method } : { method, body: JSON.stringify(body) }
      const answer = await handle(`${URL_OF_VENDOR}/__sim/${path}`, init)
      if (!answer.ok) throw new Error(`the simulator refused ${path}: ${await answer.text()}`)
      return (await answer.json()) as unknown
    },
    close: () => simulator.close(),
  }
}
