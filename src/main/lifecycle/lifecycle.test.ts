import { EventEmitter } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import type { StartOutcome } from '../../core/Core.ts'
import { createFakeClock, settle } from '../../core/testing/fakeClock.ts'
import { createRecordingLogger } from '../../core/testing/recordingLogger.ts'
import { answerQuit } from './answerQuit.ts'
import { createExit } from './createExit.ts'
import { installErrorTraps } from './installErrorTraps.ts'
import { keepStarting } from './keepStarting.ts'

describe('createExit', () => {
  function build() {
    const clock = createFakeClock(0)
    const order: string[] = []
    const exit = createExit({
      clock,
      log: createRecordingLogger(),
      flush: () => {
        order.push('flush')
        return Promise.resolve()
      },
      end: (code) => order.push(`end ${code}`),
    })
    return { clock, order, exit }
  }

  it('saves, then flushes the log, then ends', async () => {
    const { exit, order } = build()
    exit.before((code) => {
      order.push(`save for ${code}`)
      return Promise.resolve()
    })
    exit.request(10, 'test')
    await settle()
    expect(order).toEqual(['save for 10', 'flush', 'end 10'])
  })

  describe('an updater’s way out', () => {
    /** As Electron's `app.quit`: ends the process unless a listener prevents it. */
    function quit(exit: ReturnType<typeof build>['exit'], order: string[]): void {
      const preventDefault = vi.fn()
      answerQuit({ preventDefault }, exit)
      order.push(preventDefault.mock.calls.length > 0 ? 'quit held up' : 'quit goes through')
    }

    it('saves first, then lets the quit through that installs, and ends with no code of its own', async () => {
      const { exit, order } = build()
      exit.before((code) => {
        order.push(`save for ${code}`)
        return Promise.resolve()
      })
      exit.handOver('update', () => quit(exit, order))
      quit(exit, order)
      await settle()
      expect(order).toEqual(['save for 10', 'quit held up', 'flush', 'quit goes through'])
    })

    it('does not wait for a task that hangs, and goes once', async () => {
      const { exit, order, clock } = build()
      let finish = (): void => undefined
      exit.before(() => new Promise((resolve) => (finish = resolve)))
      exit.handOver('update', () => quit(exit, order))
      await clock.advance(3_000)
      expect(order).toEqual(['quit goes through'])
      finish()
      await settle()
      expect(order).toEqual(['quit goes through', 'flush'])
    })

    it('any other quit is held up and answered with "stay down"', async () => {
      const { exit, order } = build()
      quit(exit, order)
      await settle()
      expect(order).toEqual(['quit held up', 'flush', 'end 0'])
    })
  })

  it('keeps the first code: a crash on the way out must not turn "stay down" into "restart"', async () => {
    const { exit, order } = build()
    exit.request(0, 'admin')
    exit.request(10, 'crash')
    await settle()
    expect(order).toEqual(['flush', 'end 0'])
  })

  it('ends in time though saving hangs', async () => {
    const { exit, order, clock } = build()
    exit.before(() => new Promise(() => undefined))
    exit.request(10, 'test')
    await clock.advance(2_999)
    expect(order).toEqual([])
    await clock.advance(1)
    expect(order).toEqual(['end 10'])
  })

  it('ends though saving fails, also at once', async () => {
    const { exit, order } = build()
    exit.before(() => Promise.reject(new Error('disk')))
    exit.before(() => {
      throw new Error('bug')
    })
    exit.request(0, 'test')
    await settle()
    expect(order).toEqual(['flush', 'end 0'])
  })
})

describe('installErrorTraps', () => {
  function build() {
    const source = new EventEmitter()
    const clock = createFakeClock(0)
    const [fatal, warn, onFatal] = [vi.fn(), vi.fn(), vi.fn()]
    installErrorTraps({ source, clock, fatal, warn, onFatal })
    return { source, clock, fatal, warn, onFatal }
  }
  const network = new Error('net::ERR_NETWORK_IO_SUSPENDED')

  it.each(['uncaughtException', 'unhandledRejection'])(
    'a bug as %s is written down and ends the process',
    (event) => {
      const { source, fatal, onFatal } = build()
      source.emit(event, new TypeError('undefined is not a function'))
      expect(fatal).toHaveBeenCalledWith(
        'an error nobody caught',
        expect.objectContaining({ type: 'TypeError' }),
      )
      expect(onFatal).toHaveBeenCalledTimes(1)
    },
  )

  it('a fault that passes does not, right after the machine woke up', () => {
    const { source, warn, onFatal } = build()
    for (let count = 0; count < 15; count += 1) source.emit('unhandledRejection', network)
    expect(warn).toHaveBeenCalledTimes(15)
    expect(onFatal).not.toHaveBeenCalled()
  })

  it('a flood of them does: no time mends a loop', () => {
    const { source, onFatal } = build()
    for (let count = 0; count < 21; count += 1) source.emit('unhandledRejection', network)
    expect(onFatal).toHaveBeenCalled()
  })

  it('one every few seconds for a day does not', async () => {
    const { source, clock, onFatal } = build()
    for (let count = 0; count < 1_000; count += 1) {
      source.emit('unhandledRejection', network)
      await clock.advance(4_000)
    }
    expect(onFatal).not.toHaveBeenCalled()
  })

  it('survives whatever people throw', () => {
    const { source, onFatal } = build()
    for (const thrown of [undefined, null, 'text', { odd: true }]) source.emit('unhandledRejection', thrown)
    expect(onFatal).toHaveBeenCalledTimes(4)
  })
})

describe('keepStarting', () => {
  const locked: StartOutcome = { kind: 'secretMissing', secret: 'wecom.corpSecret', reason: 'unavailable' }

  function build(outcomes: readonly (StartOutcome | Error)[]) {
    const clock = createFakeClock(0)
    const log = createRecordingLogger()
    const state = { isExiting: false }
    const calls: string[] = []
    let turn = 0
    const core = {
      start: () => {
        calls.push('start')
        const outcome = outcomes[Math.min(turn, outcomes.length - 1)]!
        turn += 1
        return outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(outcome)
      },
      stop: () => {
        calls.push('stop')
        return Promise.resolve()
      },
    }
    const begin = () => keepStarting({ core, clock, log, isExiting: () => state.isExiting })
    return { clock, log, state, calls, begin }
  }

  it.each<[string, StartOutcome]>([
    ['it runs', { kind: 'running' }],
    ['nothing is set up', { kind: 'unconfigured' }],
    ['the settings are wrong', { kind: 'invalidSettings', issues: [{ path: 'rooms', message: 'SENTINEL' }] }],
    ['a secret was never given', { ...locked, reason: 'missing' }],
  ])('starts once when %s: trying again would change nothing', async (_name, outcome) => {
    const { begin, clock, calls, log } = build([outcome])
    await begin()
    await clock.advance(3_600_000)
    expect(calls).toEqual(['start'])
    expect(log.text()).not.toContain('SENTINEL')
  })

  it('tries again, ever slower, while the keyring is locked', async () => {
    const { begin, clock, calls } = build([locked, locked, { kind: 'running' }])
    await begin()
    await clock.advance(14_999)
    expect(calls).toEqual(['start'])
    await clock.advance(30_001)
    expect(calls).toEqual(['start', 'start', 'start'])
    await clock.advance(3_600_000)
    expect(calls).toHaveLength(3)
  })

  it('tries again, at least every five minutes, while the disk cannot be read', async () => {
    const { begin, clock, calls } = build([new Error('EIO')])
    await begin()
    await clock.advance(3_600_000)
    expect(calls.filter((call) => call === 'start').length).toBeGreaterThanOrEqual(14)
  })

  it('does not start a core that is on its way out', async () => {
    const { begin, clock, calls, state } = build([locked])
    await begin()
    state.isExiting = true
    await clock.advance(3_600_000)
    expect(calls).toEqual(['start'])
  })
})
