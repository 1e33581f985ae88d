import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { justOpened, reducePanel } from './panelReducer.ts'
import type { PanelEvent, PanelPhase, PanelState, PanelStep } from './panelReducer.ts'

const NOW = 1_000_000
const at = (phase: PanelPhase, rest: Partial<PanelState> = {}): PanelState => ({
  ...justOpened,
  ...rest,
  phase,
})
const unproved = at({ kind: 'unproved' })
const answering = at({ kind: 'answering', sinceMs: NOW - 30_000 })
const healthy = at({ kind: 'healthy' })
const ending = at({ kind: 'ending' })
const repairing = at({ kind: 'repairing', by: 'reload' })
const failed: PanelEvent = { kind: 'loadFailed', errorCode: -6, isMainFrame: true }
const gone = (fault: 'crash' | 'memory' | 'fatal'): PanelEvent => ({ kind: 'gone', fault })

describe('reducePanel', () => {
  it.each<[string, PanelState, PanelEvent, PanelPhase['kind'], PanelStep['kind']]>([
    ['a first answer proves the page', unproved, { kind: 'answered' }, 'answering', 'none'],
    ['half a minute of answers is not health', answering, { kind: 'answered' }, 'answering', 'none'],
    ['a healthy page stays so', healthy, { kind: 'answered' }, 'healthy', 'none'],
    ['an answer on the way out proves nothing', ending, { kind: 'answered' }, 'ending', 'none'],
    ['a silent page is ended', healthy, { kind: 'lost' }, 'ending', 'end'],
    ['but not twice', ending, { kind: 'lost' }, 'ending', 'none'],
    ['an ended process that says so is loaded again', ending, gone('crash'), 'repairing', 'wait'],
    ['one that does not gets a new window', ending, { kind: 'due' }, 'repairing', 'wait'],
    ['a crash is repaired', healthy, gone('crash'), 'repairing', 'wait'],
    ['a crash while a repair waits is the same trouble', repairing, gone('crash'), 'repairing', 'none'],
    ['a full memory is worse', repairing, gone('memory'), 'repairing', 'wait'],
    ['damaged files end the process', answering, gone('fatal'), 'leaving', 'exit'],
    ['the repair comes when it is due', repairing, { kind: 'due' }, 'unproved', 'reload'],
    ['a stray moment repairs nothing', healthy, { kind: 'due' }, 'healthy', 'none'],
    ['a failed load is tried again', unproved, failed, 'repairing', 'wait'],
    ['a failed load of a dying page is not its trouble', ending, failed, 'ending', 'none'],
    ['the eleventh in a row ends the process', { ...unproved, failedLoads: 10 }, failed, 'leaving', 'exit'],
    ['nothing matters on the way out', at({ kind: 'leaving' }), gone('fatal'), 'leaving', 'none'],
  ])('%s', (_name, state, event, phase, step) => {
    const next = reducePanel(state, event, NOW)
    expect([next.state.phase.kind, next.step.kind]).toEqual([phase, step])
  })

  it('a minute of answers forgets all trouble, once', () => {
    const troubled = at(
      { kind: 'answering', sinceMs: NOW - 60_000 },
      {
        ladder: { reloadsAtMs: [1, 2, 3], recreatesAtMs: [4], hasAnswered: true },
      },
    )
    const next = reducePanel(troubled, { kind: 'answered' }, NOW)
    expect(next).toEqual({ state: healthy, step: { kind: 'forgetTrouble' } })
  })

  it('a new window by its moment, whatever the reducer waited for', () => {
    const next = reducePanel(at({ kind: 'repairing', by: 'recreate' }), { kind: 'due' }, NOW)
    expect(next.step).toEqual({ kind: 'recreate' })
  })

  /** A page that never answers must not be loaded for ever, whatever it does instead and however slowly. */
  it('a page that never answers ends in a new process after at most five repairs and ten failed loads', () => {
    const troubles = fc.constantFrom<PanelEvent>({ kind: 'lost' }, gone('crash'), gone('memory'), failed)
    fc.assert(
      fc.property(
        fc.array(fc.tuple(troubles, fc.integer({ min: 0, max: 3_600_000 })), {
          minLength: 60,
          maxLength: 60,
        }),
        (list) => {
          let state = justOpened
          let nowMs = 0
          let repairs = 0
          for (const [event, afterMs] of list) {
            nowMs += afterMs
            let next = reducePanel(state, event, nowMs)
            while (next.step.kind === 'end' || next.step.kind === 'wait') {
              nowMs += next.step.delayMs
              next = reducePanel(next.state, { kind: 'due' }, nowMs)
            }
            if (next.step.kind === 'reload' || next.step.kind === 'recreate') repairs += 1
            state = next.state
          }
          expect(state.phase.kind).toBe('leaving')
          expect(repairs).toBeLessThanOrEqual(15)
        },
      ),
    )
  })
})
