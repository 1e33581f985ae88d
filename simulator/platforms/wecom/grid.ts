import { ceilToGrid, floorToGrid, minuteMs } from '../../world/shanghaiTime.ts'

const stepMs = 30 * minuteMs
const graceMs = 15 * minuteMs

export type GridSpan =
  | { readonly kind: 'span'; readonly startMs: number; readonly endMs: number }
  | { readonly kind: 'tooShort' }
  | { readonly kind: 'past' }

/**
 * What `book` makes of the times asked for (D:93620): the start goes down and the end up to half hours. Once the
 * start has passed: up to 15 minutes late it stays, later it moves to the next half hour. Less than 30 minutes asked
 * for is refused, and so is a start that would move to the end: both UNVERIFIED.
 */
export function spanOnGrid(startMs: number, endMs: number, nowMs: number): GridSpan {
  if (endMs - startMs < stepMs) return { kind: 'tooShort' }
  const end = ceilToGrid(endMs, stepMs)
  const start = floorToGrid(startMs, stepMs)
  if (nowMs >= end) return { kind: 'past' }
  if (nowMs <= start + graceMs) return { kind: 'span', startMs: start, endMs: end }
  const next = ceilToGrid(nowMs, stepMs)
  return next < end ? { kind: 'span', startMs: next, endMs: end } : { kind: 'past' }
}
