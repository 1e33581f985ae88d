import { describe, expect, it } from 'vitest'

import { createAgenda } from './agenda.ts'
import { createWorldClock } from './worldClock.ts'

const setUp = () => {
  const state = { nowMs: 0 }
  const agenda = createAgenda(createWorldClock(() => state.nowMs))
  const done: string[] = []
  const add = (atMs: number, name: string) => agenda.add(atMs, () => done.push(name))
  return { state, agenda, done, add }
}

describe('agenda', () => {
  it('does what is due in order of time, ties as they came: of two asking for a room the first gets it', () => {
    const { state, agenda, done, add } = setUp()
    add(20, 'late')
    add(10, 'first')
    add(10, 'second')
    add(30, 'not yet')
    state.nowMs = 20
    agenda.runDue()
    expect(done).toEqual(['first', 'second', 'late'])
    agenda.runDue()
    expect(done).toHaveLength(3)
  })

  it('does what becomes due by what it does, and forgets all when the world starts over', () => {
    const { agenda, done, add } = setUp()
    agenda.add(0, () => add(0, 'child'))
    add(5, 'forgotten')
    agenda.runDue()
    expect(done).toEqual(['child'])
    agenda.clear()
    agenda.runDue()
    expect(done).toEqual(['child'])
  })
})
