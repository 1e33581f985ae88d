import { describe, expect, it, vi } from 'vitest'
import type { ApiEvent } from '../../shared/api/events.ts'
import { createRecordingLogger } from '../../core/testing/recordingLogger.ts'
import { broadcastEvents } from './broadcastEvents.ts'

const event = { name: 'panel.changed', payload: { revision: 1 } } as unknown as ApiEvent

function page({ isDead = false, isCrashed = false, throws = false } = {}) {
  return {
    isDestroyed: () => isDead,
    isCrashed: () => isCrashed,
    send: vi.fn(() => {
      if (throws) throw new Error('Render frame was disposed')
    }),
  }
}

function build(pages: readonly ReturnType<typeof page>[]) {
  const listeners = new Set<(event: ApiEvent) => void>()
  const log = createRecordingLogger()
  const stop = broadcastEvents(
    {
      subscribe: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    () => pages,
    log,
  )
  return { publish: () => listeners.forEach((listener) => listener(event)), stop, log }
}

describe('broadcastEvents', () => {
  it('reaches every living page though others are dead, crashed or dying', () => {
    const [dead, crashed, dying, alive] = [
      page({ isDead: true }),
      page({ isCrashed: true }),
      page({ throws: true }),
      page(),
    ]
    const { publish, log } = build([dead, crashed, dying, alive])
    publish()
    expect(alive.send).toHaveBeenCalledWith('doorplate:event', 'panel.changed', { revision: 1 })
    expect(dead.send).not.toHaveBeenCalled()
    expect(crashed.send).not.toHaveBeenCalled()
    expect(log.lines).toHaveLength(1)
  })

  it('is silent once it was stopped', () => {
    const alive = page()
    const { publish, stop } = build([alive])
    stop()
    publish()
    expect(alive.send).not.toHaveBeenCalled()
  })
})
