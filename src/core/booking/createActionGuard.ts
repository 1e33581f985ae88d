import type { ActionAccess, ActionOutcome, ActionRefusal } from '../../shared/domain/action.ts'
import type { ApiErrorCode } from '../../shared/api/errors.ts'
import { ApiFailure } from '../api/ApiFailure.ts'
import type { PinGuard } from '../settings/createPinGuard.ts'

const reasons: Partial<Record<ApiErrorCode, ActionRefusal>> = {
  wrongPin: 'wrongPin',
  locked: 'locked',
  // No PIN was ever set: there is nothing anybody could type.
  forbidden: 'off',
}

/** @returns asks whether somebody may; null for yes. A PIN that nobody asks for is not looked at. */
export function createActionGuard(pins: Pick<PinGuard, 'check'>) {
  return async (access: ActionAccess, pin: string | null): Promise<ActionOutcome | null> => {
    if (access === 'off') return { kind: 'refused', reason: 'off' }
    if (access === 'anyone') return null
    if (pin === null) return { kind: 'refused', reason: 'pin' }
    try {
      await pins.check(pin)
      return null
    } catch (error: unknown) {
      if (!(error instanceof ApiFailure)) throw error
      const { code, waitMs } = error.error
      return { kind: 'refused', reason: reasons[code] ?? 'failed', ...(waitMs !== undefined && { waitMs }) }
    }
  }
}
