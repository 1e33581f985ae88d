import { ProviderError } from '../ProviderError.ts'

/** One page of a list that goes on. */
export interface Page<Item> {
  readonly items: readonly Item[]
  readonly hasMore: boolean
  /** Empty where the answer has none. */
  readonly nextCursor: string
}

/** More pages than any organisation has; a list that does not end is not an answer. */
const MAX_PAGES = 200

/**
 * Reads a paged list to its end. Half a list is no list: a cursor that repeats or is missing makes all of it unread.
 * @param name the call's name, for the error's text
 */
export async function readPages<Item>(
  name: string,
  readPage: (cursor: string | undefined) => Promise<Page<Item>>,
): Promise<readonly Item[]> {
  const items: Item[] = []
  const seen = new Set<string>([''])
  let cursor: string | undefined
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const page = await readPage(cursor)
    items.push(...page.items)
    if (!page.hasMore) return items
    if (seen.has(page.nextCursor))
      throw new ProviderError('badResponse', `${name}: the paging cursor repeats`)
    seen.add(page.nextCursor)
    cursor = page.nextCursor
  }
  throw new ProviderError('badResponse', `${name}: more than ${MAX_PAGES} pages`)
}
