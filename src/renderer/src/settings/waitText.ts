import { SECOND_MS } from '../../../shared/domain/duration.ts'

/** A wait as minutes and seconds, rounded up so that it never shows zero before its end: `1:05`. */
export function waitText(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / SECOND_MS))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
