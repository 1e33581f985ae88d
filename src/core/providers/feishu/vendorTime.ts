import { DAY_MS, HOUR_MS } from '../../../shared/domain/duration.ts'
import type { Zone } from '../../../shared/domain/zonedTime.ts'
import { localMidnight } from '../wholeDays.ts'

/** When something is taken. */
export interface Times {
  readonly startMs: number
  readonly endMs: number
}

const BEIJING_MS = 8 * HOUR_MS

const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/
const LIST_TIME = /^(\d{4})\.(\d{2})\.(\d{2}) (\d{2}:\d{2}:\d{2}) \(GMT([+-]\d{2}:\d{2})\)$/

/** As the platform's own samples write it, with an offset and without fractions. */
export const toRfc3339 = (atMs: number): string =>
  `${new Date(atMs + BEIJING_MS).toISOString().slice(0, 19)}+08:00`

/** @returns null for anything without an offset, or no time at all */
export function fromRfc3339(text: string): number | null {
  const atMs = RFC_3339.test(text) ? Date.parse(text) : NaN
  return Number.isNaN(atMs) ? null : atMs
}

/**
 * A time of the reservation list, `2026.01.05 14:00:00 (GMT+08:00)`. The offset in the text counts: it is not the
 * room's, nor the panel's.
 * @returns null for anything else
 */
export function fromListTime(text: string): number | null {
  const [, year, month, day, time, offset] = LIST_TIME.exec(text.trim()) ?? []
  if (year === undefined || month === undefined || day === undefined) return null
  const atMs = Date.parse(`${year}-${month}-${day}T${time ?? ''}${offset ?? ''}`)
  return Number.isNaN(atMs) ? null : atMs
}

/** Unix seconds as the video conference calls take them. */
export const toSeconds = (atMs: number): string => String(Math.floor(atMs / 1000))

/**
 * All-day events live in UTC in the vendor's calendar, and no document says whether busy times tell them so: whole UTC
 * days are meant as local ones. In a zone where the two differ nobody books a room from eight to eight for 24 hours.
 */
export function localDays({ startMs, endMs }: Times, zone: Zone): Times {
  const areUtcDays = startMs % DAY_MS === 0 && endMs % DAY_MS === 0 && endMs > startMs
  if (!areUtcDays || zone.startOfDay(startMs) === startMs) return { startMs, endMs }
  return { startMs: localMidnight(startMs, zone), endMs: localMidnight(endMs, zone) }
}
