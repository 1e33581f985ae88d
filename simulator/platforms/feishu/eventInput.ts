import {
  FieldError,
  type Fields,
  isFields,
  isGiven,
  optional,
  readOneOf,
  readText,
} from '../../http/fields.ts'
import { dayMs, localMidnight } from '../../world/shanghaiTime.ts'

/** When an event takes place. */
export interface EventSpan {
  readonly startMs: number
  readonly endMs: number
  readonly isAllDay: boolean
  readonly timeZone: string
}

interface Instant {
  readonly atMs: number
  readonly isDate: boolean
  readonly timeZone: string
}

/** `{timestamp, timezone}` with the seconds as text, or `{date}`; not both. */
function readInstant(body: Fields, name: string): Instant {
  const value = body[name]
  if (!isFields(value)) throw new FieldError(name, 'an object with timestamp or date')
  const timestamp = optional(readText)(value, 'timestamp')
  const date = optional(readText)(value, 'date')
  if ((timestamp === undefined) === (date === undefined))
    throw new FieldError(name, 'an object with either timestamp or date')
  if (date !== undefined) {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) throw new FieldError(`${name}.date`, 'a day as 2026-01-31')
    return { atMs: localMidnight(Date.parse(`${date}T12:00:00+08:00`)), isDate: true, timeZone: 'UTC' }
  }
  if (!/^\d{1,11}$/.test(timestamp ?? '')) throw new FieldError(`${name}.timestamp`, 'unix seconds as text')
  const timeZone = optional(readText)(value, 'timezone') ?? 'Asia/Shanghai'
  return { atMs: Number(timestamp) * 1000, isDate: false, timeZone }
}

/** The last day of an all-day event is part of it. */
export function readEventSpan(body: Fields): EventSpan {
  const start = readInstant(body, 'start_time')
  const end = readInstant(body, 'end_time')
  if (start.isDate !== end.isDate) throw new FieldError('end_time', 'of the same kind as start_time')
  const endMs = end.isDate ? end.atMs + dayMs : end.atMs
  if (endMs <= start.atMs) throw new FieldError('end_time', 'after start_time')
  return { startMs: start.atMs, endMs, isAllDay: start.isDate, timeZone: start.timeZone }
}

export const hasSpan = (body: Fields): boolean => isGiven(body, 'start_time') && isGiven(body, 'end_time')

export function readSummary(body: Fields): string | undefined {
  const text = optional(readText)(body, 'summary')
  if (text !== undefined && Array.from(text).length > 1_000)
    throw new FieldError('summary', 'at most 1000 characters')
  return text
}

/** `lark_live` and `unknown` are for reading only. Undefined: nothing was said. */
export function readVideo(body: Fields): 'vc' | 'third_party' | 'no_meeting' | undefined {
  const value = body['vchat']
  if (value === undefined || value === null) return undefined
  if (!isFields(value)) throw new FieldError('vchat', 'an object')
  return optional(readOneOf(['vc', 'third_party', 'no_meeting'] as const))(value, 'vc_type')
}

export const readVisibility = optional(readOneOf(['default', 'public', 'private'] as const))
export const readBusyStatus = optional(readOneOf(['busy', 'free'] as const))
