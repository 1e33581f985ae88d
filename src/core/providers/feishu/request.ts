import type { z } from 'zod'
import type { HttpCall } from '../http/createHttpClient.ts'

/** Items on a page, where the platform lets us choose. */
export const PAGE = 100

type Request<T> = Omit<HttpCall<T>, 'path' | 'headers' | 'schema'> & {
  /** Below `/open-apis/`; the call's name where absent. Ids stand here, and never in a name. */
  readonly path?: string
}

/** Makes a call and answers it parsed; a refused token is renewed and the call repeated, once. */
export type Send = <T>(schema: z.ZodType<T>, request: Request<T>, signal: AbortSignal) => Promise<T>

/** The same for calls that are never repeated. `onSend` is told right before the request leaves. */
export type SendOnce = <T>(
  schema: z.ZodType<T>,
  request: Request<T>,
  onSend: () => void,
  signal: AbortSignal,
) => Promise<T>

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
