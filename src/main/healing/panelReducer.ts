import { remedyOfLoad } from './loadRetry.ts'
import type { LoadFailure } from './loadRetry.ts'
import { climb, noteAnswer, untroubled } from './repairLadder.ts'
import type { LadderState, PageFault } from './repairLadder.ts'

/** Where the panel's page is between a load and its next repair. Exactly one of these at any time. */
export type PanelPhase =
  /** Loading or loaded, and nothing heard of it yet. */
  | { readonly kind: 'unproved' }
  /** Answers since then; monotonic milliseconds. */
  | { readonly kind: 'answering'; readonly sinceMs: number }
  /** Has been answering for {@link HEALTHY_MS}. */
  | { readonly kind: 'healthy' }
  /** Its process was told to end and has not said that it did. */
  | { readonly kind: 'ending' }
  /** A repair waits for its moment. */
  | { readonly kind: 'repairing'; readonly by: 'reload' | 'recreate' }
  /** A new process was asked for; nothing matters any more. */
  | { readonly kind: 'leaving' }

/** What is known of the panel's page. */
export interface PanelState {
  readonly phase: PanelPhase
  readonly ladder: LadderState
  /** Loads that failed in a row. */
  readonly failedLoads: number
}

/** What can happen to the page. */
export type PanelEvent =
  | { readonly kind: 'answered' }
  /** It stayed silent for too long. */
  | { readonly kind: 'lost' }
  /** Its process is gone, or its window, or what it needs of either. */
  | { readonly kind: 'gone'; readonly fault: PageFault }
  | { readonly kind: 'loaded' }
  | ({ readonly kind: 'loadFailed' } & LoadFailure)
  /** The moment this phase was waiting for has come. */
  | { readonly kind: 'due' }

/** What is to be done. Delays are milliseconds; `due` is told after them, unless another phase began. */
export type PanelStep =
  | { readonly kind: 'none' }
  | { readonly kind: 'forgetTrouble' }
  /** End the process. */
  | { readonly kind: 'end'; readonly delayMs: number }
  /** Leave the page alone until it is due. */
  | {
      readonly kind: 'wait'
      readonly delayMs: number
      readonly by: 'reload' | 'recreate'
      readonly because: PageFault | 'load'
    }
  | { readonly kind: 'reload' }
  | { readonly kind: 'recreate' }
  | { readonly kind: 'exit'; readonly reason: string }

/** A crash loop loads fine every time, so a load proves nothing; a minute of answers does. */
export const HEALTHY_MS = 60_000
/** How long an ended process may take to say so. */
export const GONE_WITHIN_MS = 5_000

/** A page that was just told to load. */
export const justOpened: PanelState = { phase: { kind: 'unproved' }, ladder: untroubled, failedLoads: 0 }

/** A state and what follows from it. */
interface Next {
  readonly state: PanelState
  readonly step: PanelStep
}

const stay = (state: PanelState): Next => ({ state, step: { kind: 'none' } })

function leave(state: PanelState, reason: string): Next {
  return { state: { ...state, phase: { kind: 'leaving' } }, step: { kind: 'exit', reason } }
}

function repair(state: PanelState, fault: PageFault, nowMs: number): Next {
  const { state: ladder, repair: remedy } = climb(state.ladder, fault, nowMs)
  if (remedy.kind === 'exit')
    return leave({ ...state, ladder }, 'the page cannot be repaired in this process')
  const { kind: by, delayMs } = remedy
  return {
    state: { ...state, ladder, phase: { kind: 'repairing', by } },
    step: { kind: 'wait', delayMs, by, because: fault },
  }
}

function answered(state: PanelState, nowMs: number): Next {
  const { phase } = state
  if (phase.kind === 'unproved') {
    const ladder = noteAnswer(state.ladder)
    return stay({ ...state, ladder, phase: { kind: 'answering', sinceMs: nowMs } })
  }
  if (phase.kind !== 'answering' || nowMs - phase.sinceMs < HEALTHY_MS) return stay(state)
  return {
    state: { ...state, ladder: untroubled, phase: { kind: 'healthy' } },
    step: { kind: 'forgetTrouble' },
  }
}

function due(state: PanelState, nowMs: number): Next {
  const { phase } = state
  // A process that survives being ended would be found again by a reload of its window.
  if (phase.kind === 'ending') return repair(state, 'stuck', nowMs)
  if (phase.kind !== 'repairing') return stay(state)
  return { state: { ...state, phase: { kind: 'unproved' } }, step: { kind: phase.by } }
}

function loadFailed(state: PanelState, failure: LoadFailure): Next {
  const remedy = remedyOfLoad(failure, state.failedLoads)
  const { kind } = state.phase
  if (remedy.kind === 'ignore' || kind === 'repairing' || kind === 'ending') return stay(state)
  const failedLoads = state.failedLoads + 1
  if (remedy.kind === 'exit') return leave({ ...state, failedLoads }, 'the page cannot be loaded')
  const by = 'reload'
  return {
    state: { ...state, failedLoads, phase: { kind: 'repairing', by } },
    step: { kind: 'wait', delayMs: remedy.delayMs, by, because: 'load' },
  }
}

/**
 * Decides what becomes of the panel's page, one repair at a time. Pure.
 * @param nowMs monotonic
 */
export function reducePanel(state: PanelState, event: PanelEvent, nowMs: number): Next {
  const { kind } = state.phase
  if (kind === 'leaving') return stay(state)
  switch (event.kind) {
    case 'answered':
      return answered(state, nowMs)
    case 'lost':
      if (kind === 'repairing' || kind === 'ending') return stay(state)
      return {
        state: { ...state, phase: { kind: 'ending' } },
        step: { kind: 'end', delayMs: GONE_WITHIN_MS },
      }
    case 'gone':
      // A second fault while one repair waits is the same trouble, unless it is worse.
      if (kind === 'repairing' && event.fault === 'crash') return stay(state)
      return repair(state, event.fault, nowMs)
    case 'loaded':
      return stay({ ...state, failedLoads: 0 })
    case 'loadFailed':
      return loadFailed(state, event)
    case 'due':
      return due(state, nowMs)
  }
}
