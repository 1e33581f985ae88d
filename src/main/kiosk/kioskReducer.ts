import { MINUTE_MS } from '../../shared/domain/duration.ts'

/** What may have taken the screen from us. */
export type Disturbance =
  'blur' | 'leftFullScreen' | 'moved' | 'hidden' | 'display' | 'resume' | 'secondInstance' | 'shown'

/** What the kiosk remembers. Monotonic milliseconds. */
export interface KioskState {
  /** Something happened and the answer is on its way. */
  readonly isArmed: boolean
  /** Answers of the last minute, newest last. */
  readonly assertedAtMs: readonly number[]
}

/** Something happened, or the armed moment has come. */
export type KioskEvent =
  | { readonly kind: 'disturbed'; readonly by: Disturbance; readonly atMs: number }
  | { readonly kind: 'due'; readonly atMs: number }

/** Take the screen back now, do so later, or leave it. */
export type KioskStep =
  { readonly kind: 'none' } | { readonly kind: 'arm'; readonly delayMs: number } | { readonly kind: 'assert' }

/** A kiosk nobody has disturbed. */
export const undisturbed: KioskState = { isArmed: false, assertedAtMs: [] }

/** Displays report a change in several steps; a window that lost its focus may get it back by itself. */
const delayOf: Readonly<Record<Disturbance, number>> = {
  blur: 400,
  leftFullScreen: 250,
  moved: 0,
  hidden: 250,
  display: 1_500,
  resume: 1_500,
  secondInstance: 0,
  shown: 0,
}

/** So many answers a minute are a nuisance we can win against; more are a fight, and both sides lose it. */
const ANSWERS_PER_MINUTE = 6

/**
 * Decides when to take the screen back: at once per disturbance, once per burst, and never in a fight for the focus. Pure.
 */
export function reduceKiosk(
  state: KioskState,
  event: KioskEvent,
): { readonly state: KioskState; readonly step: KioskStep } {
  const assertedAtMs = state.assertedAtMs.filter((atMs) => atMs > event.atMs - MINUTE_MS)
  if (event.kind === 'due') {
    if (!state.isArmed) return { state: { isArmed: false, assertedAtMs }, step: { kind: 'none' } }
    return {
      state: { isArmed: false, assertedAtMs: [...assertedAtMs, event.atMs] },
      step: { kind: 'assert' },
    }
  }
  if (state.isArmed) return { state: { isArmed: true, assertedAtMs }, step: { kind: 'none' } }
  const [oldest] = assertedAtMs
  const isFight = assertedAtMs.length >= ANSWERS_PER_MINUTE
  // After a fight the next answer waits until the oldest of this minute's answers is a minute old.
  const waitMs = isFight && oldest !== undefined ? oldest + MINUTE_MS - event.atMs : 0
  const delayMs = Math.max(delayOf[event.by], waitMs)
  return { state: { isArmed: true, assertedAtMs }, step: { kind: 'arm', delayMs } }
}
