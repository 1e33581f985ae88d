import { createHash } from 'node:crypto'

import { FieldError, type Fields, isFields, optional, readInteger, readText } from '../../http/fields.ts'
import { WecomError, wecomCodes } from './wecomError.ts'

interface Cursor {
  readonly offset: number
  readonly limit: number
  readonly query: string
}

/** Everything of the query that must not change while it is paged through. */
function fingerprint(path: string, body: Fields): string {
  const rest = Object.entries(body).filter(([name]) => name !== 'cursor' && name !== 'limit')
  return createHash('sha256')
    .update(`${path} ${JSON.stringify(rest.sort())}`)
    .digest('base64url')
    .slice(0, 12)
}

function readCursor(text: string): Cursor | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    if (!isFields(value)) return null
    return { offset: readInteger(value, 'o'), limit: readInteger(value, 'l'), query: readText(value, 'q') }
  } catch {
    return null
  }
}

export interface PageRules {
  readonly path: string
  readonly defaultLimit: number
  readonly maxLimit: number
}

/**
 * One page of a list (D:98795, D:98796, D:98798).
 * @throws FieldError for a limit out of bounds
 * @throws WecomError 50100 for a cursor that is none, or used with another limit or query than it was given for
 */
export function pageOf<T>(
  items: readonly T[],
  body: Fields,
  { path, defaultLimit, maxLimit }: PageRules,
): { readonly items: readonly T[]; readonly has_more: boolean; readonly next_cursor: string } {
  const limit = optional(readInteger)(body, 'limit') ?? defaultLimit
  if (limit < 1 || limit > maxLimit) throw new FieldError('limit', `from 1 to ${maxLimit}`)
  const query = fingerprint(path, body)
  const text = optional(readText)(body, 'cursor') ?? ''
  const cursor = text === '' ? { offset: 0, limit, query } : readCursor(text)
  if (cursor?.limit !== limit || cursor.query !== query)
    throw new WecomError(wecomCodes.badCursor, 'invalid cursor')
  const end = cursor.offset + limit
  const hasMore = end < items.length
  const next = Buffer.from(JSON.stringify({ o: end, l: limit, q: query })).toString('base64url')
  return { items: items.slice(cursor.offset, end), has_more: hasMore, next_cursor: hasMore ? next : '' }
}
