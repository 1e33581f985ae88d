import { createPinia, setActivePinia } from 'pinia'
import { createApp } from 'vue'
import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../../../core/testing/fakeClock.ts'
import { clockKey } from '../injection.ts'
import { useDoorStore } from './doorStore.ts'

function open() {
  const clock = createFakeClock(0)
  const pinia = createPinia()
  createApp({}).use(pinia).provide(clockKey, clock)
  setActivePinia(pinia)
  return { clock, door: pinia._a.runWithContext(() => useDoorStore(pinia)) }
}

describe('what somebody at the door is in the middle of', () => {
  it('a tap on the day is dealt with once', () => {
    const { door } = open()
    door.pick(5)
    expect([door.takePick(), door.takePick()]).toEqual([5, null])
  })

  it('one sheet makes room for the next, and is not closed for the sake of another', () => {
    const { door } = open()
    door.openSheet({ kind: 'slot', startMs: 5 })
    door.openSheet({ kind: 'pin', press: { name: 'end', meetingId: 'a' } })
    door.closeSheet('confirm')
    expect(door.sheet?.kind).toBe('pin')
    door.closeSheet()
    expect(door.sheet).toBeNull()
  })

  it('what is told last stands for its own time, not for the rest of what was told before', async () => {
    const { clock, door } = open()
    door.tell({ kind: 'reason', text: 'a' }, 10_000)
    await clock.advance(9_000)
    door.tell({ kind: 'reason', text: 'b' }, 10_000)
    await clock.advance(9_000)
    expect(door.told).toEqual({ kind: 'reason', text: 'b' })
    await clock.advance(1_000)
    expect(door.told).toBeNull()
  })

  it('nothing of it outlives the display', () => {
    const { clock, door } = open()
    door.pick(5)
    door.openSheet({ kind: 'slot', startMs: 5 })
    door.tell({ kind: 'reason', text: 'a' }, 10_000)
    door.leave()
    expect([door.pickedMs, door.sheet, door.told, clock.pending()]).toEqual([null, null, null, 0])
  })
})
