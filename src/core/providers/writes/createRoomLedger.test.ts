import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../../testing/fakeClock.ts'
import { ProviderError } from '../ProviderError.ts'
import { createRoomLedger, isOccurrence, occurrenceOf } from './createRoomLedger.ts'
import type { Taken } from './createRoomLedger.ts'

const range = { fromMs: 0, untilMs: 100 }
const made: Taken = { id: 'event@10', range: { fromMs: 10, untilMs: 20 } }
const never = new AbortController().signal
const lag = { pauseMs: 1000, looks: 2 }

/** A ledger over answers that come one after another, the last one for ever. */
function ledgerOver(answers: readonly (readonly Taken[] | ProviderError)[]) {
  const clock = createFakeClock(0)
  let reads = 0
  const read = (_room: string, _range: object, signal: AbortSignal) => {
    signal.throwIfAborted()
    const answer = answers[Math.min(reads, answers.length - 1)] ?? []
    reads += 1
    return Promise.resolve(answer)
  }
  return { clock, reads: () => reads, ledger: createRoomLedger<string, Taken>({ clock, read, lag }) }
}
const isThere = (items: readonly Taken[]) => items.length > 0

describe('a room read back', () => {
  // A write told as failed because the calendar was a second late would be pressed again.
  it('is given time where it does not show an answered write yet', async () => {
    const { clock, ledger, reads } = ledgerOver([[], [made]])
    const reading = ledger.readBack('room', range, never, isThere)
    await clock.advance(lag.pauseMs)
    expect([await reading, reads()]).toEqual([[made], 2])
  })

  it('is told as it stands after the last look', async () => {
    const { clock, ledger, reads } = ledgerOver([[]])
    const reading = ledger.readBack('room', range, never, isThere)
    await clock.advance(10 * lag.pauseMs)
    expect([await reading, reads()]).toEqual([[], 3])
  })

  it('is read once where nothing is waited for, and where it cannot be read', async () => {
    const error = new ProviderError('network', 'lost')
    for (const answer of [[], error]) {
      const { ledger, reads } = ledgerOver([answer])
      const isDone = answer === error ? isThere : undefined
      expect([await ledger.readBack('room', range, never, isDone), reads()]).toEqual([answer, 1])
    }
  })

  it('is unread for who gives up, before a look or between two; a bug is thrown', async () => {
    const { ledger } = ledgerOver([[]])
    expect(await ledger.readBack('room', range, AbortSignal.abort())).toMatchObject({ kind: 'network' })
    const giveUp = new AbortController()
    const waiting = ledger.readBack('room', range, giveUp.signal, isThere)
    giveUp.abort()
    expect(await waiting).toMatchObject({ kind: 'network' })
    const broken = createRoomLedger<string, Taken>({
      clock: createFakeClock(0),
      read: () => Promise.reject(new TypeError('bug')),
    })
    await expect(broken.readBack('room', range, never)).rejects.toThrow('bug')
  })
})

describe('an occurrence', () => {
  it('is neither another one of its event nor the same one at another time', () => {
    const occurrence = occurrenceOf(made)
    expect(isOccurrence(made, occurrence)).toBe(true)
    expect(isOccurrence({ ...made, id: 'event@11' }, occurrence)).toBe(false)
    expect(isOccurrence({ ...made, range: { fromMs: 10, untilMs: 21 } }, occurrence)).toBe(false)
    expect(isOccurrence({ ...made, range: { fromMs: 9, untilMs: 20 } }, occurrence)).toBe(false)
  })
})
