import { describe, expect, it } from 'vitest'
import { ProviderError } from '../ProviderError.ts'
import type { Page } from '../http/readPages.ts'
import { readPages } from './readPages.ts'

const badCursor = new ProviderError('badResponse', 'cursor', { vendorCode: '50100' })

function server(...answers: readonly (Page<number> | Error)[]) {
  const cursors: (string | undefined)[] = []
  const readPage = (cursor: string | undefined): Promise<Page<number>> => {
    const answer = answers[cursors.length] ?? new Error('asked too often')
    cursors.push(cursor)
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
  }
  return { cursors, readPage }
}
const page = (items: readonly number[], nextCursor = ''): Page<number> => ({
  items,
  hasMore: nextCursor !== '',
  nextCursor,
})

describe('readPages', () => {
  it('reads to the end, handing each cursor on', async () => {
    const { cursors, readPage } = server(page([1], 'a'), page([2], 'b'), page([3]))
    expect(await readPages('list', readPage)).toEqual([1, 2, 3])
    expect(cursors).toEqual([undefined, 'a', 'b'])
  })

  it('a cursor that repeats makes all of it unread', async () => {
    const { readPage } = server(page([1], 'a'), page([2], 'b'), page([3], 'a'))
    await expect(readPages('list', readPage)).rejects.toMatchObject({ kind: 'badResponse' })
  })

  it('more without a cursor makes all of it unread', async () => {
    const { readPage } = server({ items: [1], hasMore: true, nextCursor: '' })
    await expect(readPages('list', readPage)).rejects.toMatchObject({ kind: 'badResponse' })
  })

  it('a refused cursor starts again from the first page, once, and keeps nothing of the first try', async () => {
    const { cursors, readPage } = server(page([1], 'a'), badCursor, page([7], 'c'), page([8]))
    expect(await readPages('list', readPage)).toEqual([7, 8])
    expect(cursors).toEqual([undefined, 'a', undefined, 'c'])
  })

  it('a cursor refused twice is a failure', async () => {
    const { cursors, readPage } = server(page([1], 'a'), badCursor, page([1], 'a'), badCursor)
    await expect(readPages('list', readPage)).rejects.toBe(badCursor)
    expect(cursors).toHaveLength(4)
  })

  it('any other refusal is not tried again', async () => {
    const gone = new ProviderError('server', 'gone')
    const { cursors, readPage } = server(page([1], 'a'), gone)
    await expect(readPages('list', readPage)).rejects.toBe(gone)
    expect(cursors).toHaveLength(2)
  })

  it('a list without end is given up', async () => {
    let asked = 0
    const endless = () => Promise.resolve(page([asked], String((asked += 1))))
    await expect(readPages('list', endless)).rejects.toMatchObject({ kind: 'badResponse' })
  })
})
