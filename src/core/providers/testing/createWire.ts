import type { Http, HttpInit } from '../../ports/Http.ts'
import { transportFailure } from './openSimulatedVendor.ts'

/** What happens to the next request that changes a room; each order strikes once. */
interface Orders {
  before?: () => Promise<unknown>
  after?: () => void
  lost?: 'executed' | 'notExecuted'
  isCutAfter?: true
  isSentTwice?: true
}

/** The provider's way to the simulator, on which a case decides what becomes of a request. */
export interface Wire extends Http {
  /** Requests that may change a room and left, since the last {@link restart}. */
  changes(): number
  /** All requests that left. */
  requests(): number
  restart(): void
  /** Runs right before the next change leaves: somebody else was quicker. */
  beforeChange(run: () => Promise<unknown>): void
  /** Runs when the next change was done and its answer is on its way. */
  afterChange(run: () => void): void
  /** The answer of the next change never comes; the platform did it, or never got it. */
  lose(how: 'executed' | 'notExecuted'): void
  /** From the answer of the next change on nothing comes through. */
  cutAfterChange(): void
  /** A transport sends the next change twice by itself, and hears the second answer alone. */
  sendTwice(): void
  /** Nothing leaves any more, at all or where it would change a room. */
  unplug(what: 'everything' | 'changes'): void
}

/** @param changesRoom see `ActionWorld` */
export function createWire({ fetch }: Http, changesRoom: (method: string, path: string) => boolean): Wire {
  let orders: Orders = {}
  let unplugged: 'nothing' | 'everything' | 'changes' = 'nothing'
  let isCut = false
  let changes = 0
  let requests = 0

  async function change(input: string, init: HttpInit): Promise<Response> {
    const { before, after, lost, isCutAfter, isSentTwice } = orders
    orders = {}
    await before?.()
    changes += 1
    if (lost === 'notExecuted') throw transportFailure('ECONNRESET')
    if (isSentTwice) await (await fetch(input, init)).arrayBuffer()
    const answer = await fetch(input, init)
    if (lost === 'executed') {
      await answer.arrayBuffer()
      throw transportFailure('ECONNRESET')
    }
    isCut = isCutAfter ?? false
    after?.()
    return answer
  }

  return {
    async fetch(input, init) {
      const isChange = changesRoom((init.method ?? 'GET').toUpperCase(), new URL(input).pathname)
      if (unplugged === 'everything' || (unplugged === 'changes' && isChange))
        throw transportFailure('ECONNREFUSED')
      requests += 1
      if (isCut) throw transportFailure('ECONNRESET')
      return isChange ? change(input, init) : fetch(input, init)
    },
    changes: () => changes,
    requests: () => requests,
    restart() {
      changes = 0
      requests = 0
    },
    beforeChange: (run) => (orders = { ...orders, before: run }),
    afterChange: (run) => (orders = { ...orders, after: run }),
    lose: (how) => (orders = { ...orders, lost: how }),
    cutAfterChange: () => (orders = { ...orders, isCutAfter: true }),
    sendTwice: () => (orders = { ...orders, isSentTwice: true }),
    unplug: (what) => (unplugged = what),
  }
}
