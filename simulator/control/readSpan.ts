import { FieldError, type Fields, isGiven, optional, readInteger, readNumber } from '../http/fields.ts'
import { localMidnight, minuteMs, nextLocalMidnight } from '../world/shanghaiTime.ts'

export interface Span {
  readonly startMs: number
  readonly endMs: number
}

export const spanFields = ['startMs', 'startInMinutes', 'endMs', 'durationMinutes'] as const

function refuseBoth(fields: Fields, one: string, other: string): void {
  if (isGiven(fields, one) && isGiven(fields, other))
    throw new FieldError(other, `absent when ${one} is given`)
}

/**
 * Reads when something takes place. What is not given comes from `known` (a moved meeting keeps its length), else
 * it starts now and lasts an hour. A whole day is the local day of the start.
 * @throws FieldError
 */
export function readSpan(fields: Fields, nowMs: number, known: Span | null, isAllDay = false): Span {
  refuseBoth(fields, 'startMs', 'startInMinutes')
  refuseBoth(fields, 'endMs', 'durationMinutes')
  const inMinutes = optional(readNumber)(fields, 'startInMinutes')
  const fallbackMs = inMinutes === undefined ? (known?.startMs ?? nowMs) : nowMs + inMinutes * minuteMs
  const startMs = optional(readInteger)(fields, 'startMs') ?? Math.round(fallbackMs)
  if (isAllDay) return { startMs: localMidnight(startMs), endMs: nextLocalMidnight(startMs) }
  const minutes = optional(readNumber)(fields, 'durationMinutes')
  const knownLengthMs = known === null ? 60 * minuteMs : known.endMs - known.startMs
  const lengthMs = minutes === undefined ? knownLengthMs : minutes * minuteMs
  const endMs = optional(readInteger)(fields, 'endMs') ?? Math.round(startMs + lengthMs)
  // Equal is let through on purpose: a panel must cope with a meeting of no length.
  if (endMs < startMs)
    throw new FieldError(isGiven(fields, 'endMs') ? 'endMs' : 'durationMinutes', 'not before the start')
  return { startMs, endMs }
}
