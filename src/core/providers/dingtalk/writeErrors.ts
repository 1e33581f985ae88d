import type { ActionRefusal } from '../../../shared/domain/action.ts'
import { createZone, dayRange } from '../../../shared/domain/zonedTime.ts'
import type { ProviderError } from '../ProviderError.ts'
import type { WriteRefusal } from '../RoomActions.ts'
import { refusedBy } from '../writes/refusal.ts'
import { VENDOR_ZONE } from '../vendorZone.ts'
import { ROOM_REFUSED, RULE_BROKEN } from './errors.ts'

const codeOf = ({ details }: ProviderError): string => details.vendorCode ?? ''

/** The room was refused: somebody has it, or a rule forbids it. Only the calendar tells which. */
export const isRoomRefused = (error: ProviderError): boolean =>
  codeOf(error) === ROOM_REFUSED || codeOf(error) === RULE_BROKEN

/** The first call under this token is still at work: the same again a little later tells what came of it. */
export const isStillAtWork = (error: ProviderError): boolean => codeOf(error) === 'idempotencyProcessing'

/** The person made as many events today as the platform allows (D:create-schedule). */
const isDayFull = (error: ProviderError): boolean => codeOf(error) === 'flowLimit'

/** The vendor's midnight, if the refusal is that of a full day; else null. @param nowMs the vendor's present */
export const dayFullUntil = (error: ProviderError, nowMs: number): number | null =>
  isDayFull(error) ? dayRange(createZone(VENDOR_ZONE), nowMs).untilMs : null

/**
 * Whether the platform itself said no in its envelope, with whatever code. "In trouble" and "still at work" leave open
 * what was done; codes in capitals and HTTP statuses are the network's word.
 */
export const isAnswered = (error: ProviderError): boolean =>
  isRoomRefused(error) ||
  (error.kind === 'badResponse' && /[a-z]/.test(codeOf(error)) && !codeOf(error).startsWith('HTTP '))

/** What the door says to a refused write, as far as the code tells it. */
export function writeRefusal(error: ProviderError): WriteRefusal {
  const told: ActionRefusal | null = isDayFull(error)
    ? 'dailyLimit'
    : codeOf(error) === RULE_BROKEN
      ? 'policy'
      : codeOf(error) === ROOM_REFUSED
        ? 'taken'
        : codeOf(error) === 'instanceNotExist'
          ? 'gone'
          : null
  return told === null ? refusedBy(error) : refusedBy(error, told)
}
