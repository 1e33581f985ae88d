import type { ActionAccess, ActionOutcome } from '../../shared/domain/action.ts'
import type { PinAnswer, PinGuard } from '../settings/createPinGuard.ts'

function refusedBy(answer: PinAnswer): ActionOutcome | null {
  switch (answer.kind) {
    case 'right':
      return null
    case 'wrong':
      return { kind: 'refused', reason: 'wrongPin', waitMs: answer.waitMs }
    case 'locked':
      return { kind: 'refused', reason: 'locked', waitMs: answer.waitMs }
    case 'unset':
      return { kind: 'refused', reason: 'off' }
    case 'unavailable':
      return { kind: 'refused', reason: 'failed' }
  }
}

/** @returns asks whether somebody may; null for yes. A PIN that nobody asks for is not looked at. */
export function createActionGuard(pins: Pick<PinGuard, 'check'>) {
  return async (access: ActionAccess, pin: string | null): Promise<ActionOutcome | null> => {
    if (access === 'off') return { kind: 'refused', reason: 'off' }
    if (access === 'anyone') return null
    if (pin === null) return { kind: 'refused', reason: 'pin' }
    return refusedBy(await pins.check(pin))
  }
}
