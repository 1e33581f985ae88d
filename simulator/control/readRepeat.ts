import { FieldError, type Fields, isGiven, optional, readInteger, readOneOf } from '../http/fields.ts'
import { type CalendarEntry, repeatKinds } from '../world/calendarEntry.ts'
import { dayMs } from '../world/shanghaiTime.ts'

export const repeatFields = ['repeat', 'repeatUntilMs'] as const

/** A series without an end given runs four weeks. */
export function readRepeat(fields: Fields, startMs: number): CalendarEntry['repeat'] {
  if (!isGiven(fields, 'repeat')) {
    if (isGiven(fields, 'repeatUntilMs')) throw new FieldError('repeatUntilMs', 'absent without repeat')
    return null
  }
  const kind = readOneOf(repeatKinds)(fields, 'repeat')
  return { kind, untilMs: optional(readInteger)(fields, 'repeatUntilMs') ?? startMs + 28 * dayMs }
}
