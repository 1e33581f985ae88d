import { describe, expect, it } from 'vitest'
import { HOUR_MS, MINUTE_MS } from '../../shared/domain/duration.ts'
import { roomStatus } from '../../shared/domain/roomStatus.ts'
import { defaultStatusRules } from '../../shared/domain/statusRules.ts'
import { meetingAt, MONDAY_10_MS, snapshotWith } from '../../shared/domain/testing/fixtures.ts'
import { ProviderError } from '../providers/ProviderError.ts'
import type { RoomReading } from '../providers/SiteProvider.ts'
import { distrustedSnapshot, emptySnapshot, reduceSnapshot, restoredSnapshot } from './reduceSnapshot.ts'
import type { ReadContext } from './reduceSnapshot.ts'

const { room, capabilities } = snapshotWith([])
const context: ReadContext = {
  readAtMs: MONDAY_10_MS,
  intervalMs: MINUTE_MS,
  unknownAfterMs: 15 * MINUTE_MS,
  serverTimeOffsetMs: 7,
  privacy: 'full',
  capabilities,
  nameOverride: null,
}
const reading: RoomReading = {
  kind: 'read',
  meetings: [meetingAt(0, 30)],
  closures: [],
  horizon: { fromMs: MONDAY_10_MS - HOUR_MS, untilMs: MONDAY_10_MS + HOUR_MS },
  evidence: { kind: 'complete' },
  room: null,
  unknownStates: [],
}
const failed: RoomReading = { kind: 'failed', error: new ProviderError('network', 'gone') }
const kindAt = (snapshot: ReturnType<typeof snapshotWith>, nowMs: number) =>
  roomStatus(snapshot, nowMs, defaultStatusRules).kind

describe('reduceSnapshot', () => {
  it('takes a reading over with the age it had when it began, masked as the admin wishes', () => {
    const before = { ...snapshotWith([]), checkedInIds: ['kept'] }
    const after = reduceSnapshot(before, reading, 9, { ...context, privacy: 'busy' })
    expect(after).toMatchObject({
      revision: 9,
      fetchedAtMs: MONDAY_10_MS,
      health: { kind: 'ok' },
      serverTimeOffsetMs: 7,
      checkedInIds: ['kept'],
      horizon: reading.horizon,
    })
    expect(after.meetings).toMatchObject([{ id: 'm0-30', title: null, organizer: null }])
  })

  it.each([
    // Two intervals and half a minute; three intervals, or the admin's limit where that is longer.
    ['a short interval', 1, 2.5, 15],
    ['a long one', 10, 20.5, 30],
    ['one that is stale only when it is unknown', 30, 60.5, 90],
    ['one so short that the limit comes later than all', 0.1, 0.7, 15],
  ])('ages with the interval: %s', (_name, minutes, staleAfter, unknownAfter) => {
    const { freshness } = reduceSnapshot(snapshotWith([]), reading, 1, {
      ...context,
      intervalMs: minutes * MINUTE_MS,
    })
    expect(freshness.staleAtMs - MONDAY_10_MS).toBe(staleAfter * MINUTE_MS)
    expect(freshness.unknownAtMs - MONDAY_10_MS).toBe(unknownAfter * MINUTE_MS)
  })

  it('never calls a plan fresh that proves nothing any more', () => {
    const { freshness } = reduceSnapshot(snapshotWith([]), reading, 1, {
      ...context,
      intervalMs: 5_000,
      unknownAfterMs: 20_000,
    })
    expect(freshness).toEqual({ staleAtMs: MONDAY_10_MS + 20_000, unknownAtMs: MONDAY_10_MS + 20_000 })
  })

  it('keeps plan and age when a read fails, and says since when', () => {
    const before = reduceSnapshot(snapshotWith([]), reading, 1, context)
    const after = reduceSnapshot(before, failed, 2, { ...context, readAtMs: MONDAY_10_MS + HOUR_MS })
    expect(after).toEqual({
      ...before,
      revision: 2,
      health: { kind: 'stale', sinceMs: MONDAY_10_MS, reason: 'network' },
    })
  })

  it('is broken while nothing was ever read', () => {
    const after = reduceSnapshot(emptySnapshot(room, 1, capabilities), failed, 2, context)
    expect(after.health).toEqual({ kind: 'broken', reason: 'network' })
    expect(kindAt(after, MONDAY_10_MS)).toBe('unknown')
  })

  it('the admin’s name beats the platform’s, and the room keeps its own id', () => {
    const told = { ...reading, room: { ...room, id: 'vendor-7', name: 'Room 7', capacity: 20 } }
    const named = reduceSnapshot(snapshotWith([]), told, 1, { ...context, nameOverride: '西湖' })
    expect(named.room).toMatchObject({ id: 'xihu', name: '西湖', capacity: 20 })
    expect(reduceSnapshot(snapshotWith([]), told, 1, context).room.name).toBe('Room 7')
  })
})

describe('restoredSnapshot', () => {
  const nowMs = MONDAY_10_MS + 5 * MINUTE_MS
  const stored = snapshotWith([meetingAt(30, 60)])

  it('shows its age at once and proves what it proved before the restart, no longer', () => {
    const restored = restoredSnapshot(stored, nowMs, 4, 'full')
    expect(restored.revision).toBe(4)
    expect(restored.freshness).toEqual({
      staleAtMs: stored.freshness.staleAtMs,
      unknownAtMs: stored.freshness.unknownAtMs,
    })
    expect(restoredSnapshot(stored, MONDAY_10_MS + 1_000, 4, 'full').freshness.staleAtMs).toBe(
      MONDAY_10_MS + 1_000,
    )
    expect(kindAt(restored, nowMs)).toBe('free')
    expect(kindAt(restored, stored.freshness.unknownAtMs)).toBe('unknown')
  })

  // Otherwise yesterday's titles stand on the door until the next read, which may be hours away.
  it('hides what a stricter privacy hides, before anything is read', () => {
    expect(restoredSnapshot(stored, nowMs, 4, 'organizer').meetings).toMatchObject([
      { title: null, organizer: '陈璐' },
    ])
    expect(JSON.stringify(restoredSnapshot(stored, nowMs, 4, 'busy'))).not.toMatch(/周会|陈璐/)
  })

  it('from the future proves nothing, also once the clock has caught up with it', () => {
    const early = MONDAY_10_MS - MINUTE_MS - 1
    const restored = restoredSnapshot(stored, early, 4, 'full')
    for (const laterMs of [early, MONDAY_10_MS, MONDAY_10_MS + 2 * MINUTE_MS])
      expect(kindAt(restored, laterMs)).toBe('unknown')
    // A clock that is a minute off is an ordinary clock.
    expect(kindAt(restoredSnapshot(stored, early + 1, 4, 'full'), MONDAY_10_MS)).toBe('free')
  })

  it('that was never read proves nothing', () => {
    const restored = restoredSnapshot({ ...stored, fetchedAtMs: null }, nowMs, 4, 'full')
    expect(restored.freshness.unknownAtMs).toBe(nowMs)
  })
})

describe('distrustedSnapshot', () => {
  it('keeps what is booked and proves nothing free until it is read again', () => {
    const before = snapshotWith([meetingAt(0, 30)])
    const after = distrustedSnapshot(before, MONDAY_10_MS + MINUTE_MS, 5)
    expect(after.revision).toBe(5)
    expect(kindAt(after, MONDAY_10_MS + MINUTE_MS)).toBe('busy')
    expect(kindAt(before, MONDAY_10_MS + 30 * MINUTE_MS - 1)).toBe('busy')
    expect(kindAt(distrustedSnapshot(snapshotWith([]), MONDAY_10_MS, 5), MONDAY_10_MS)).toBe('unknown')
  })

  it('makes nothing younger than it is', () => {
    const old = { ...snapshotWith([]), freshness: { staleAtMs: 1, unknownAtMs: 2 } }
    expect(distrustedSnapshot(old, MONDAY_10_MS, 5).freshness).toEqual({ staleAtMs: 1, unknownAtMs: 2 })
  })
})
