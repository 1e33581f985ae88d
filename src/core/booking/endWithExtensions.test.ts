import { describe, expect, it } from 'vitest'
import { meetingAt } from '../../shared/domain/testing/fixtures.ts'
import type { RoomActions, WriteOutcome } from '../providers/RoomActions.ts'
import { endWithExtensions, extensionsOf } from './endWithExtensions.ts'

const room = { id: 'xihu', source: { officeRoomId: 1, isSoleBooker: false } }
const at = (id: string) => ({ meetingId: id, startMs: 0, endMs: 1 })

describe('what extends a meeting', () => {
  const meetings = ['a', 'b', 'c', 'd'].map((id, index) => meetingAt(index * 30, index * 30 + 30, { id }))
  const found = (links: Record<string, string>) =>
    extensionsOf(meetings, 'a', (id) => links[id] ?? null).map(({ meetingId }) => meetingId)

  it('is told by the journal, not by standing behind it, and comes back last first', () => {
    expect(found({})).toEqual([])
    expect(found({ b: 'a', c: 'b', d: 'x' })).toEqual(['c', 'b'])
  })

  it('ends where a damaged journal runs in a circle', () => {
    expect(found({ b: 'a', a: 'b' })).toEqual(['b'])
  })
})

describe('ending a meeting that was extended', () => {
  async function end(outcomes: Record<string, WriteOutcome>) {
    const ended: string[] = []
    const actions: Pick<RoomActions, 'end'> = {
      end: (_room, { meetingId }) => {
        ended.push(meetingId)
        return Promise.resolve(outcomes[meetingId] ?? { kind: 'done', occurrence: null })
      },
    }
    const bookings = { meeting: at('a'), extensions: [at('c'), at('b')] }
    const outcome = await endWithExtensions(actions as never, room, bookings, new AbortController().signal)
    return { ended, outcome }
  }

  it('leaves no extension behind', async () => {
    expect(await end({})).toEqual({ ended: ['c', 'b', 'a'], outcome: { kind: 'done', occurrence: null } })
  })

  it('ends the meeting although the platform keeps the extension', async () => {
    const { ended, outcome } = await end({ b: { kind: 'refused', reason: 'policy' } })
    expect(ended).toEqual(['c', 'b', 'a'])
    expect(outcome.kind).toBe('done')
  })

  it('is not called done while nobody knows what became of the extension', async () => {
    expect((await end({ b: { kind: 'unclear', error: new Error('lost') as never } })).outcome.kind).toBe(
      'unclear',
    )
    const refusal = { kind: 'refused', reason: 'gone' } as const
    expect((await end({ a: refusal })).outcome).toEqual(refusal)
  })
})
