import type { FirstPin, PinAnswer } from '../settings/createPinGuard.ts'
import { ApiFailure } from './ApiFailure.ts'

/**
 * Lets only what the PIN guard granted pass.
 * @throws ApiFailure otherwise; whether there is no PIN yet or one already is told alike
 */
export function requirePin(answer: PinAnswer | FirstPin): void {
  switch (answer.kind) {
    case 'right':
    case 'set':
      return
    case 'wrong':
      throw new ApiFailure({ code: 'wrongPin', waitMs: answer.waitMs })
    case 'locked':
      throw new ApiFailure({ code: 'locked', waitMs: answer.waitMs })
    case 'unset':
    case 'taken':
      throw new ApiFailure({ code: 'forbidden' })
    case 'unavailable':
      throw new ApiFailure({ code: 'storage' })
  }
}
