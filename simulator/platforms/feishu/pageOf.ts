import { FieldError, type Fields } from '../../http/fields.ts'
import { queryInteger, queryText } from './readQuery.ts'

export interface PageRules {
  readonly usual: number
  readonly least: number
  readonly most: number
}

export interface Page<T> {
  readonly items: readonly T[]
  /** `page_token` is there only when there is more. */
  readonly paging: { readonly has_more: boolean; readonly page_token?: string }
}

/**
 * One page of a list. Page tokens look like numbers in the documents' samples; here they are.
 * @throws FieldError
 */
export function pageOf<T>(all: readonly T[], query: Fields, { usual, least, most }: PageRules): Page<T> {
  const size = queryInteger(query, 'page_size') ?? usual
  if (size < least || size > most) throw new FieldError('page_size', `from ${least} to ${most}`)
  const token = queryText(query, 'page_token') ?? '0'
  if (!/^\d{1,6}$/.test(token)) throw new FieldError('page_token', 'one that was given out')
  const end = Number(token) + size
  const items = all.slice(Number(token), end)
  return {
    items,
    paging: end < all.length ? { has_more: true, page_token: String(end) } : { has_more: false },
  }
}
