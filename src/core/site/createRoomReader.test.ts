import { describe, expect, it } from 'vitest'
import { MONDAY_10_MS } from '../../shared/domain/testing/fixtures.ts'
import { parseSettings } from '../settings/parseSettings.ts'
import { createFakeClock } from '../testing/fakeClock.ts'
import { createServerTime } from '../time/createServerTime.ts'
import type { RoomReading } from '../providers/SiteProvider.ts'
import { createRoomReader } from './createRoomReader.ts'

const parsed = parseSettings({
  version: 1,
  account: { platform: 'wecom', corpId: 'ww1' },
  rooms: ['a', 'b'].map((id, index) => ({ id, source: { officeRoomId: index + 1 } })),
})
const rooms = parsed.ok ? parsed.settings.rooms : []

function setUp(answer: (signal: AbortSignal) => Promise<ReadonlyMap<string, RoomReading>>) {
  const clock = createFakeClock(MONDAY_10_MS)
  const seen = {
    asked: [] as string[],
    applied: [] as string[],
    mayRead: true,
    stoppedUntilMs: null as number | null,
  }
  const reader = createRoomReader({
    rooms,
    clock,
    time: createServerTime(clock),
    plan: {
      mayReadNow: () => seen.mayRead,
      stoppedUntilMs: () => seen.stoppedUntilMs,
      isRunning: () => true,
      trustedIntervalMs: () => 30_000,
    },
    board: {
      begin: () => 7,
      applyRoom: ({ id }, { kind }, { order }) => seen.applied.push(`${id} ${kind} ${order}`),
    },
    readBatch: (asked, signal) => {
      seen.asked.push(...asked.map(({ id }) => id))
      return answer(signal)
    },
    save: () => Promise.resolve(),
  })
  return { clock, reader, seen }
}

const reading: RoomReading = {
  kind: 'read',
  meetings: [],
  closures: [],
  horizon: { fromMs: 0, untilMs: 1 },
  evidence: { kind: 'complete' },
  room: null,
  unknownStates: [],
}

describe('createRoomReader', () => {
  it('reads the one room, not its siblings', async () => {
    const { reader, seen } = setUp(() => Promise.resolve(new Map([['b', reading]])))
    expect(await reader.read('b', 'decide')).toEqual({ kind: 'read' })
    expect(seen).toMatchObject({ asked: ['b'], applied: ['b read 7'] })
  })

  it('asks nobody where the reserve is spent, except after a write', async () => {
    const { reader, seen } = setUp(() => Promise.resolve(new Map([['a', reading]])))
    seen.mayRead = false
    expect(await reader.read('a', 'decide')).toEqual({ kind: 'budget' })
    expect(await reader.read('a', 'verify')).toEqual({ kind: 'read' })
    seen.stoppedUntilMs = MONDAY_10_MS + 1
    expect(await reader.read('a', 'verify')).toEqual({ kind: 'budget' })
    expect(seen.asked).toEqual(['a'])
  })

  it('puts a room that was left out or came too late on record as failed', async () => {
    const silent = setUp(() => Promise.resolve(new Map()))
    expect(await silent.reader.read('a', 'decide')).toMatchObject({ error: { kind: 'badResponse' } })
    const slow = setUp(
      (signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error))
        }),
    )
    const outcome = slow.reader.read('a', 'decide')
    await slow.clock.advance(20_000)
    expect(await outcome).toMatchObject({ error: { kind: 'network' } })
    expect(slow.seen.applied).toEqual(['a failed 7'])
  })

  // A request may hang for ever after a suspend; somebody who pressed at the door must not wait with it.
  it('leaves a read behind that ignores its signal, at the deadline and when it is stopped', async () => {
    const { clock, reader, seen } = setUp(() => new Promise(() => undefined))
    const late = reader.read('a', 'decide')
    await clock.advance(20_000)
    expect(await late).toMatchObject({ kind: 'failed', error: { kind: 'network' } })
    const stopped = reader.read('b', 'decide')
    reader.stop()
    expect(await stopped).toMatchObject({ kind: 'failed' })
    expect(clock.pending()).toBe(0)
    expect(await reader.read('a', 'verify')).toMatchObject({ kind: 'failed' })
    expect(seen.asked).toEqual(['a', 'b'])
  })
})
