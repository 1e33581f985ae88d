import { describe, expect, it } from 'vitest'
import { raceAbort } from './raceAbort.ts'

describe('raceAbort', () => {
  it('the reason wins over the work’s own words for it, even when those come first', async () => {
    const controller = new AbortController()
    const reason = new Error('stopped')
    const work = new Promise<never>((_resolve, reject) => {
      controller.signal.addEventListener('abort', () => reject(new Error('canceled')))
    })
    const outcome = raceAbort(work, controller.signal)
    controller.abort(reason)
    await expect(outcome).rejects.toBe(reason)
  })

  it('a failure that is no abort is passed on', async () => {
    const failure = new Error('gone')
    await expect(raceAbort(Promise.reject(failure), new AbortController().signal)).rejects.toBe(failure)
  })

  it('a signal that fired before ends the wait at once', async () => {
    const reason = new Error('stopped')
    await expect(raceAbort(new Promise(() => undefined), AbortSignal.abort(reason))).rejects.toBe(reason)
  })
})
