import { describe, expect, it } from 'vitest'
import type { Meeting } from '../../shared/domain/meeting.ts'
import type { TimeRange } from '../../shared/domain/timeRange.ts'
import { roomStatus } from '../../shared/domain/roomStatus.ts'
import type { RoomSnapshot } from '../../shared/domain/roomSnapshot.ts'
import { meetingAt, MONDAY_10_MS } from '../../shared/domain/testing/fixtures.ts'
import { parseSettings } from '../settings/parseSettings.ts'
import { statusRulesOf } from '../settings/panelConfig.ts'
import { createCallCounter } from '../polling/createCallCounter.ts'
import { createCallMeter } from '../polling/createCallMeter.ts'
import { ProviderError } from '../providers/ProviderError.ts'
import type { RoomReading, SiteProvider } from '../providers/SiteProvider.ts'
import { createFakeClock, settle } from '../testing/fakeClock.ts'
import { createMemoryState } from '../testing/memoryStores.ts'
import { createRecordingLogger } from '../testing/recordingLogger.ts'
import { createServerTime } from '../time/createServerTime.ts'
import { createSite } from './createSite.ts'
import { createSnapshotArchive } from './createSnapshotArchive.ts'
import type { MeetingMarks } from './Site.ts'

const MINUTE = 60_000
const rawSettings = {
  version: 1,
  account: { platform: 'wecom', corpId: 'ww1' },
  rooms: [
    { id: 'xihu', source: { officeRoomId: 12 } },
    { id: 'lingyin', source: { officeRoomId: 13 } },
  ],
}
const capabilities = { titles: 'all', organizers: true, approval: true, platformCheckIn: false } as const

const noMarks: MeetingMarks = {
  noteReading: () => undefined,
  checkedInIds: () => [],
  markOwn: (_room, meetings) => meetings,
}

type Answer = (signal: AbortSignal, range: TimeRange) => Promise<ReadonlyMap<string, RoomReading>>

function readingOf(meetings: readonly Meeting[]): RoomReading {
  return {
    kind: 'read',
    meetings,
    closures: [],
    horizon: { fromMs: MONDAY_10_MS - 600 * MINUTE, untilMs: MONDAY_10_MS + 840 * MINUTE },
    evidence: { kind: 'complete' },
    room: { id: '', name: '3F-西湖', capacity: 8, location: [], equipment: [], needsApproval: false },
    unknownStates: [],
  }
}
const both =
  (meetings: readonly Meeting[]): Answer =>
  () =>
    Promise.resolve(
      new Map([
        ['xihu', readingOf(meetings)],
        ['lingyin', readingOf([])],
      ]),
    )
const fails =
  (error: Error): Answer =>
  () =>
    Promise.reject(error)

function setUp(more: Record<string, unknown> = {}, state = createMemoryState()) {
  const clock = createFakeClock(MONDAY_10_MS)
  const log = createRecordingLogger()
  const parsed = parseSettings({ ...rawSettings, ...more })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues))
  const settings = parsed.settings
  const time = createServerTime(clock)
  const world = { answer: both([]), reads: 0 }
  const provider: SiteProvider<(typeof settings.rooms)[number]['source']> = {
    capabilities,
    callCost: () => 1,
    listRooms: () => Promise.resolve([]),
    testConnection: () => Promise.resolve([]),
    listMeetings: (_rooms, range, signal) => {
      world.reads += 1
      return world.answer(signal, range)
    },
  }
  const published: RoomSnapshot[] = []
  let revision = 0
  const counter = createCallCounter(state, 'wecom ww1', log)
  const site = createSite({
    settings,
    provider,
    clock,
    log,
    random: () => 0.5,
    time,
    archive: createSnapshotArchive(state, 'ww1', log),
    counter,
    meter: createCallMeter({ counter, limit: null, now: () => time.now() }),
    privacyOf: () => settings.display.privacy,
    marks: noMarks,
    nextRevision: () => (revision += 1),
    publish: (snapshot) => published.push(snapshot),
  })
  const rules = statusRulesOf(settings)
  const kind = (roomId = 'xihu') => roomStatus(site.snapshot(roomId)!, time.now(), rules).kind
  return { clock, log, site, world, published, state, kind, time }
}

describe('createSite', () => {
  it('is unknown before the first answer and free after it', async () => {
    const { clock, site, kind } = setUp()
    await site.load()
    expect(kind()).toBe('unknown')
    site.start()
    await clock.advance(0)
    expect(kind()).toBe('free')
  })

  it('keeps the last plan with its age when the source fails, and ends in unknown, never free', async () => {
    const { clock, site, world, kind } = setUp()
    await site.load()
    site.start()
    await clock.advance(0)
    world.answer = fails(new ProviderError('network', 'gone'))
    const kinds = new Set<string>()
    for (let minute = 0; minute < 40; minute += 1) {
      await clock.advance(MINUTE)
      if (minute >= 15) kinds.add(kind())
    }
    expect([...kinds]).toEqual(['unknown'])
    expect(site.snapshot('xihu')).toMatchObject({
      fetchedAtMs: MONDAY_10_MS,
      health: { kind: 'stale', sinceMs: MONDAY_10_MS, reason: 'network' },
    })
    world.answer = both([])
    await clock.advance(6 * MINUTE)
    expect(kind()).toBe('free')
  })

  it('logs one line when a room breaks and one when it recovers', async () => {
    const { clock, site, world, log } = setUp()
    await site.load()
    site.start()
    await clock.advance(0)
    world.answer = fails(new ProviderError('server', 'gone'))
    await clock.advance(20 * MINUTE)
    world.answer = both([])
    await clock.advance(20 * MINUTE)
    const ofXihu = log.lines.filter((line) => line.fields['room'] === 'xihu').map((line) => line.fields['to'])
    expect(ofXihu).toEqual(['ok', 'stale:server', 'ok'])
  })

  it('one room failing alone is unknown while its sibling lives', async () => {
    const { clock, site, world, kind } = setUp()
    await site.load()
    world.answer = () =>
      Promise.resolve(
        new Map<string, RoomReading>([
          ['xihu', { kind: 'failed', error: new ProviderError('notFound', 'missing') }],
          ['lingyin', readingOf([])],
        ]),
      )
    site.start()
    await clock.advance(0)
    expect([kind('xihu'), kind('lingyin')]).toEqual(['unknown', 'free'])
  })

  it('a room the provider forgot is unknown, not empty', async () => {
    const { clock, site, world, kind } = setUp()
    await site.load()
    world.answer = () => Promise.resolve(new Map([['lingyin', readingOf([])]]))
    site.start()
    await clock.advance(0)
    expect(kind('xihu')).toBe('unknown')
  })

  it('a foreign error from a provider is a failed read, not a dead loop', async () => {
    const { clock, site, world } = setUp()
    await site.load()
    world.answer = fails(new TypeError('cannot read title of undefined'))
    site.start()
    await clock.advance(10 * MINUTE)
    expect(world.reads).toBeGreaterThan(3)
    expect(site.snapshot('xihu')?.health).toEqual({ kind: 'broken', reason: 'badResponse' })
  })

  it('a call that never ends is given up at the deadline and tried again', async () => {
    const { clock, site, world } = setUp()
    await site.load()
    world.answer = () => new Promise(() => undefined)
    site.start()
    await clock.advance(3 * MINUTE)
    expect(world.reads).toBeGreaterThan(1)
    expect(site.snapshot('xihu')?.health).toEqual({ kind: 'broken', reason: 'network' })
  })

  it('masks before anything is published or stored', async () => {
    const { clock, site, world, published, state } = setUp({ display: { privacy: 'organizer' } })
    await site.load()
    world.answer = both([meetingAt(-5, 30, { title: 'SENTINEL-TITLE' })])
    site.start()
    await clock.advance(0)
    expect(JSON.stringify(published)).not.toContain('SENTINEL-TITLE')
    expect([...state.files.values()].join()).not.toContain('SENTINEL-TITLE')
    expect(JSON.stringify(published)).toContain('陈璐')
  })

  it('shows the last plan after a restart, marked with its age, before any call', async () => {
    const first = setUp()
    await first.site.load()
    first.world.answer = both([meetingAt(-5, 60)])
    first.site.start()
    await first.clock.advance(0)
    await first.site.stop()
    const second = setUp({}, createMemoryState(first.state.files))
    await second.site.load()
    expect(second.world.reads).toBe(0)
    expect(second.kind()).toBe('busy')
    expect(second.site.snapshot('xihu')!.freshness.staleAtMs).toBeLessThanOrEqual(MONDAY_10_MS)
  })

  it('does not take up the plan of another binding of the same room id', async () => {
    const first = setUp()
    await first.site.load()
    first.site.start()
    await first.clock.advance(0)
    const rooms = [{ id: 'xihu', source: { officeRoomId: 99 } }]
    const second = setUp({ rooms }, createMemoryState(first.state.files))
    await second.site.load()
    expect(second.kind()).toBe('unknown')
  })

  it.each(['{"binding":1}', '[]', '"x"', '{"binding":"b","snapshot":{"meetings":[]}}'])(
    'a damaged stored plan %s is no plan',
    async (text) => {
      const { site, kind } = setUp({}, createMemoryState(new Map([['room.xihu', text]])))
      await site.load()
      expect(kind()).toBe('unknown')
    },
  )

  it('a full disk stops nothing and is logged once', async () => {
    const state = createMemoryState()
    state.isFull = true
    const { clock, site, kind, log } = setUp({}, state)
    await site.load()
    site.start()
    await clock.advance(30 * MINUTE)
    expect(kind()).toBe('free')
    expect(log.lines.filter((line) => line.message.startsWith('last plan not written'))).toHaveLength(1)
  })

  it('a clock set forward by hours proves nothing until the room is read again', async () => {
    const { clock, site, world, kind } = setUp()
    await site.load()
    site.start()
    await clock.advance(0)
    world.answer = fails(new ProviderError('network', 'gone'))
    clock.jump(-5 * MINUTE)
    await clock.advance(10_000)
    expect(kind()).toBe('unknown')
  })

  it('reads anew after the device slept', async () => {
    const { clock, site, world } = setUp()
    await site.load()
    site.start()
    await clock.advance(0)
    clock.jump(8 * 60 * MINUTE)
    site.wake()
    await settle()
    expect(world.reads).toBe(2)
  })

  describe('on a device whose clock is days off', () => {
    async function startTwoDaysLate(error?: ProviderError) {
      const { clock, site, world, kind, time } = setUp()
      await site.load()
      world.answer = (_signal, range) => {
        time.setOffset(2 * 24 * 60 * MINUTE)
        if (error) return Promise.reject(error)
        const reading = { ...readingOf([]), horizon: range }
        return Promise.resolve(new Map(['xihu', 'lingyin'].map((id) => [id, reading])))
      }
      site.start()
      await clock.advance(0)
      return { clock, world, kind }
    }

    it('reads once more when the vendor has told its time: the first read asked for the wrong day', async () => {
      const { clock, world, kind } = await startTwoDaysLate()
      expect([world.reads, kind()]).toEqual([2, 'free'])
      await clock.advance(10_000)
      expect(world.reads).toBe(2)
    })

    it('does not read once more against a throttle', async () => {
      const { world } = await startTwoDaysLate(new ProviderError('rateLimited', 'slow down'))
      expect(world.reads).toBe(1)
    })
  })

  it('a touch reads only what is older than half a minute, and not against a throttle', async () => {
    const { clock, site, world } = setUp({ polling: { intervalSeconds: 600 } })
    await site.load()
    site.start()
    await clock.advance(0)
    expect(site.touch('xihu')).toEqual({ outcome: 'fresh' })
    await clock.advance(31_000)
    world.answer = fails(new ProviderError('rateLimited', 'slow down', { retryAfterMs: 3_600_000 }))
    expect(site.touch('xihu')).toEqual({ outcome: 'started' })
    await clock.advance(60_000)
    expect(site.touch('xihu')).toEqual({ outcome: 'budget' })
  })

  it('a vendor that refuses for want of quota is left alone until it returns, and the door says when', async () => {
    const { clock, site, world, kind } = setUp()
    await site.load()
    site.start()
    await clock.advance(0)
    const resumesAtMs = MONDAY_10_MS + 180 * MINUTE
    world.answer = fails(new ProviderError('quota', 'spent', { resumesAtMs }))
    await clock.advance(5 * MINUTE)
    const reads = world.reads
    expect(site.touch('xihu')).toEqual({ outcome: 'budget' })
    site.wake()
    await clock.advance(170 * MINUTE)
    expect(world.reads).toBe(reads)
    expect(kind()).toBe('unknown')
    expect(site.snapshot('xihu')).toMatchObject({ health: { kind: 'stale', reason: 'quota', resumesAtMs } })
    world.answer = both([])
    await clock.advance(75 * MINUTE)
    expect(kind()).toBe('free')
  })

  it('stopped while reading, nothing is published any more', async () => {
    const { clock, site, world, published } = setUp()
    await site.load()
    let answer: ((value: ReadonlyMap<string, RoomReading>) => void) | undefined
    world.answer = () => new Promise((resolve) => (answer = resolve))
    site.start()
    await clock.advance(0)
    await site.stop()
    answer?.(new Map([['xihu', readingOf([])]]))
    await clock.advance(60 * MINUTE)
    expect(published).toEqual([])
    expect(clock.pending()).toBe(0)
  })
})
