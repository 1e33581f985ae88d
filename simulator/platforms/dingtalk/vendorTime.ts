import { FieldError, type Fields, readFilledText, readObject } from '../../http/fields.ts'
import { dayMs, zoneOffsetMs } from '../../world/shanghaiTime.ts'
import { DingtalkError, dingtalkCodes } from './dingtalkError.ts'

/** With seconds and an offset, or with milliseconds where it ends in Z. */
const withOffset = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?[+-]\d\d:\d\d$/
const inUtc = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const day = /^\d{4}-\d\d-\d\d$/

/**
 * Epoch milliseconds of an instant sent to the platform. The documents show minute precision and `Z` without
 * milliseconds as well; developers report both refused, so they are (UNVERIFIED).
 * @throws DingtalkError
 */
export function readInstant(text: string): number {
  const atMs = withOffset.test(text) || inUtc.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(atMs))
    throw new DingtalkError(dingtalkCodes.badTimestamp, `Unable to parse ISO-8601 timestamp: ${text}`)
  return atMs
}

/** The local midnight (Asia/Shanghai) a `yyyy-MM-dd` stands for. */
function readDay(text: string, field: string): number {
  const atMs = day.test(text) ? Date.parse(`${text}T00:00:00+08:00`) : Number.NaN
  if (Number.isNaN(atMs)) throw new FieldError(field, 'a day as yyyy-MM-dd')
  return atMs
}

const pad = (value: number): string => String(value).padStart(2, '0')

function offsetMs(atMs: number, timeZone: string): number {
  if (timeZone === 'Asia/Shanghai') return zoneOffsetMs
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(atMs)
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? ''
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
}

/** An instant as the platform tells it: to the second, with the offset its zone has then. */
export function zonedText(atMs: number, timeZone: string): string {
  const offset = offsetMs(atMs, timeZone)
  const minutes = Math.abs(offset) / 60_000
  const sign = offset < 0 ? '-' : '+'
  const local = new Date(atMs + offset).toISOString().slice(0, 19)
  return timeZone === 'UTC'
    ? `${local}Z`
    : `${local}${sign}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`
}

/** The local day (Asia/Shanghai) an instant falls on, as `yyyy-MM-dd`. */
export const dayText = (atMs: number): string => new Date(atMs + zoneOffsetMs).toISOString().slice(0, 10)

/** A point of time as an event is made with: a day, or an instant with the zone it was meant in. */
export interface EventPoint {
  readonly atMs: number
  /** Null: a whole day. */
  readonly timeZone: string | null
}

function checkZone(timeZone: string, field: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone
  } catch {
    throw new FieldError(`${field}.timeZone`, 'the IANA name of a time zone')
  }
}

/** D:create-schedule: `date`, or `dateTime` and `timeZone` together. @throws FieldError, DingtalkError */
export function readEventPoint(fields: Fields, name: string): EventPoint {
  const point = readObject(fields, name)
  if (point['dateTime'] === undefined)
    return { atMs: readDay(readFilledText(point, 'date'), `${name}.date`), timeZone: null }
  const timeZone = checkZone(readFilledText(point, 'timeZone'), name)
  return { atMs: readInstant(readFilledText(point, 'dateTime')), timeZone }
}

/** The midnight in UTC of the same calendar day as a midnight in Asia/Shanghai. */
export const asUtcDay = (localMidnightMs: number): number => localMidnightMs + (zoneOffsetMs % dayMs)
