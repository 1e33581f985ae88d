import type { PowerMonitor } from 'electron'
import { EventEmitter } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { createFakeClock } from '../../core/testing/fakeClock.ts'
import { createRecordingLogger } from '../../core/testing/recordingLogger.ts'
import { watchPower } from './watchPower.ts'

function build() {
  const powerMonitor = new EventEmitter()
  const clock = createFakeClock(1_000_000)
  const onAwake = vi.fn()
  watchPower({
    powerMonitor: powerMonitor as unknown as PowerMonitor,
    clock,
    log: createRecordingLogger(),
    onAwake,
  })
  return { powerMonitor, clock, onAwake }
}

describe('watchPower', () => {
  it.each(['resume', 'unlock-screen'])('hears %s', (event) => {
    const { powerMonitor, onAwake } = build()
    powerMonitor.emit(event)
    expect(onAwake.mock.calls).toEqual([[event]])
  })

  it('notices a sleep that the system did not tell', async () => {
    const { clock, onAwake } = build()
    await clock.advance(60_000)
    expect(onAwake).not.toHaveBeenCalled()
    clock.jump(8 * 3_600_000)
    await clock.advance(10_000)
    expect(onAwake.mock.calls).toEqual([['slept']])
  })

  it('takes one wake for one, however many ways it is told', async () => {
    const { clock, powerMonitor, onAwake } = build()
    powerMonitor.emit('resume')
    powerMonitor.emit('unlock-screen')
    clock.jump(3_600_000)
    await clock.advance(10_000)
    expect(onAwake).toHaveBeenCalledTimes(1)
    await clock.advance(3_600_000)
    powerMonitor.emit('resume')
    expect(onAwake).toHaveBeenCalledTimes(2)
  })
})
