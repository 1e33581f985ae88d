import { minuteMs } from '../../world/shanghaiTime.ts'

const two = (value: number): string => String(value).padStart(2, '0')

function offsetText(offsetMin: number): string {
  const minutes = Math.abs(offsetMin)
  return `${offsetMin < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

const localIso = (atMs: number, offsetMin: number): string =>
  new Date(atMs + offsetMin * minuteMs).toISOString().slice(0, 19)

/** `2026-01-05T14:00:00+08:00`. */
export const rfc3339 = (atMs: number, offsetMin: number): string =>
  localIso(atMs, offsetMin) + offsetText(offsetMin)

/** `2026.01.05 14:00:00 (GMT+08:00)`, as the reservation list writes it. */
export const listTime = (atMs: number, offsetMin: number): string =>
  `${localIso(atMs, offsetMin).replaceAll('-', '.').replace('T', ' ')} (GMT${offsetText(offsetMin)})`

/** `1:00:00`, or `01:00:00` when `isPadded`; both are seen. */
export function listDuration(lengthMs: number, isPadded: boolean): string {
  const seconds = Math.round(lengthMs / 1000)
  const hours = Math.floor(seconds / 3600)
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return `${isPadded ? two(hours) : hours}:${rest}`
}

const rfc3339Shape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/

/** Null for what is no RFC 3339 with an offset: a plus sign that was not encoded arrives as a blank. */
export function parseRfc3339(text: string): number | null {
  if (!rfc3339Shape.test(text)) return null
  const atMs = Date.parse(text)
  return Number.isNaN(atMs) ? null : atMs
}

export const seconds = (atMs: number): string => String(Math.floor(atMs / 1000))
