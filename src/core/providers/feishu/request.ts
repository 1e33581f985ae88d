/** Items on a page, where the platform lets us choose. */
export const PAGE = 100

type Query = Readonly<Record<string, string | readonly string[]>>

/** The query of the page behind a cursor; of the first one without. */
export const withCursor = (query: Query, cursor: string | undefined): Query =>
  cursor === undefined ? query : { ...query, page_token: cursor }

/** Feishu's two fields of paging, which it leaves out or nulls on the last page. */
export function pageOf(data: {
  readonly has_more?: boolean | null | undefined
  readonly page_token?: string | null | undefined
}): { readonly hasMore: boolean; readonly nextCursor: string } {
  return { hasMore: data.has_more === true, nextCursor: data.page_token ?? '' }
}
