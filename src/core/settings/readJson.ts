import type { JsonFault } from './findJsonFault.ts'
import { findJsonFault } from './findJsonFault.ts'

/** A text as JSON, or where it stops being that. */
export type ReadJson =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly fault: JsonFault }

/** Some editors put this mark before UTF-8 text. */
const BYTE_ORDER_MARK = /^\uFEFF/

/** Reads a text an operator wrote. The fault quotes nothing of it. */
export function readJson(content: string): ReadJson {
  const text = content.replace(BYTE_ORDER_MARK, '')
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch {
    // The engine's own message quotes what stands in the file.
    return { ok: false, fault: findJsonFault(text) ?? { line: 1, column: 1, problem: 'is not JSON' } }
  }
}
