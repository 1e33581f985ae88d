import { readPages as readToTheEnd } from '../http/readPages.ts'
import type { Page } from '../http/readPages.ts'
import { isCursorRefused } from './errors.ts'

/**
 * Reads a paged list to its end. A refused cursor (50100) starts again from the first page, once.
 * @param name the call's name, for the error's text
 */
export async function readPages<Item>(
  name: string,
  readPage: (cursor: string | undefined) => Promise<Page<Item>>,
): Promise<readonly Item[]> {
  try {
    return await readToTheEnd(name, readPage)
  } catch (error) {
    if (!isCursorRefused(error)) throw error
    return readToTheEnd(name, readPage)
  }
}
