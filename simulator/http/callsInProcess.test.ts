import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { createSimulator, type Simulator } from '../createSimulator.ts'
import { mondayMs } from '../testing/openSimulator.ts'

const address = 'https://vendor.invalid/cgi-bin/oa/meetingroom/list'
let simulator: Simulator
/** Answers that come late wait until they are let go. */
let letGo: () => void
let waitsThatEnd: number
beforeEach(() => {
  const late = new Promise<void>((resolve) => (letGo = resolve))
  waitsThatEnd = 0
  const wait = () => ((waitsThatEnd -= 1) < 0 ? late : Promise.resolve())
  simulator = createSimulator({ now: () => mondayMs, seed: 'empty', wait })
})
afterEach(() => simulator.close())

const control = (method: string, path: string, body: object = {}) =>
  simulator.handle(`https://vendor.invalid/__sim/${path}`, { method, body: JSON.stringify(body) })
const order = (fault: object) => control('POST', 'faults', fault)
const list = (signal?: AbortSignal) =>
  simulator.handle(address, { method: 'POST', body: '{}', ...(signal ? { signal } : {}) })
const errcode = async () => ((await (await list()).json()) as { errcode: number }).errcode
const turns = async () => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

describe('a call answered in this process', () => {
  it('fails where the connection is cut, before the answer or within it, as fetch does', async () => {
    await order({ kind: 'drop', times: 1 })
    await expect(list()).rejects.toMatchObject({ name: 'TypeError', cause: { code: 'UND_ERR_SOCKET' } })
    await order({ kind: 'truncate' })
    const answer = await list()
    expect(answer.status).toBe(200)
    letGo()
    await expect(answer.text()).rejects.toThrow()
  })

  it('comes in parts where it trickles: the status is there before the end', async () => {
    await order({ kind: 'slowBody', ms: 1, bytes: 8 })
    waitsThatEnd = 1
    const answer = await list()
    let text: string | null = null
    const read = answer.text().then((all) => (text = all))
    await turns()
    expect([answer.status, text]).toEqual([200, null])
    letGo()
    await read
    expect(text).toContain('errcode')
  })

  it('a caller who gives up hears his own reason, and no longer counts among the parallel calls', async () => {
    await control('PATCH', 'limits', { inParallel: 1 })
    await order({ kind: 'delay', ms: 1, times: 1 })
    const giveUp = new AbortController()
    const reason = new Error('given up')
    const waiting = list(giveUp.signal)
    await turns()
    expect(await errcode()).toBe(45033)
    giveUp.abort(reason)
    await expect(waiting).rejects.toBe(reason)
    await turns()
    expect(await errcode()).not.toBe(45033)
    await expect(list(AbortSignal.abort(reason))).rejects.toBe(reason)
  })
})
