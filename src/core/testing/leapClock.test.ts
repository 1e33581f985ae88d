import { describe, expect, it } from 'vitest'
import { waitFor } from '../async/waitFor.ts'
import { withDeadline } from '../async/withDeadline.ts'
import { settle } from './fakeClock.ts'
import { createLeapClock } from './leapClock.ts'

const never = new AbortController().signal
async function fewHops(): Promise<string> {
  for (let hop = 0; hop < 10; hop += 1) await Promise.resolve()
  return 'done'
}
const open = () => createLeapClock(1_000, settle)

describe('createLeapClock', () => {
  it('a long wait takes no time of ours, and is known to have taken its own', async () => {
    const clock = open()
    await waitFor(clock, 3_600_000, never)
    expect([clock.now(), clock.monotonic()]).toEqual([3_601_000, 3_600_000])
  })

  it('whatever is due first comes first, those due together in the order they were set', async () => {
    const clock = open()
    const heard: string[] = []
    const wait = async (ms: number, name: string) => {
      await waitFor(clock, ms, never)
      heard.push(`${name} at ${clock.monotonic()}`)
    }
    await Promise.all([wait(20, 'late'), wait(10, 'first'), wait(10, 'second')])
    expect(heard).toEqual(['first at 10', 'second at 10', 'late at 20'])
  })

  it('no deadline comes while there is something left to do', async () => {
    const clock = open()
    const deadline = { clock, deadlineMs: 1, overdue: () => new Error('overdue') }
    expect(await withDeadline(deadline, () => fewHops())).toBe('done')
    expect(clock.monotonic()).toBe(0)
  })

  it('what lingers on the other side moves time for nobody, but comes in its turn', async () => {
    const clock = open()
    const heard: number[] = []
    clock.linger(10, () => heard.push(clock.monotonic()))
    clock.linger(50, () => heard.push(clock.monotonic()))
    await settle()
    expect([heard, clock.monotonic()]).toEqual([[], 0])
    await waitFor(clock, 20, never)
    expect([heard, clock.monotonic()]).toEqual([[10], 20])
  })

  it('the wall clock is set without time passing, and time passes on both', () => {
    const clock = open()
    clock.setNow(9_000)
    clock.elapse(500)
    expect([clock.now(), clock.monotonic()]).toEqual([9_500, 500])
  })
})
