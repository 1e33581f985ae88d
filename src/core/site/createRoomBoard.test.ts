import { describe, expect, it } from 'vitest'
import { MINUTE_MS } from '../../shared/domain/duration.ts'
import type { Meeting } from '../../shared/domain/meeting.ts'
import type { RoomSnapshot } from '../../shared/domain/roomSnapshot.ts'
import { meetingAt, MONDAY_10_MS, snapshotWith } from '../../shared/domain/testing/fixtures.ts'
import type { RoomSettings } from '../../shared/settings/schema.ts'
import { ProviderError } from '../providers/ProviderError.ts'
import type { RoomReading } from '../providers/SiteProvider.ts'
import { parseSettings } from '../settings/parseSettings.ts'
import { createFakeClock } from '../testing/fakeClock.ts'
import { createMemoryState } from '../testing/memoryStores.ts'
import { createRecordingLogger } from '../testing/recordingLogger.ts'
import { createServerTime } from '../time/createServerTime.ts'
import { createRoomBoard } from './createRoomBoard.ts'
import { createSnapshotArchive } from './createSnapshotArchive.ts'
import type { MeetingMarks } from './Site.ts'

const { capabilities } = snapshotWith([])

function reading(meetings: readonly Meeting[], more: Partial<RoomReading & { kind: 'read' }> = {}) {
  const read: RoomReading = {
    kind: 'read',
    meetings,
    closures: [],
    horizon: { fromMs: MONDAY_10_MS - 60 * MINUTE_MS, untilMs: MONDAY_10_MS + 600 * MINUTE_MS },
    evidence: { kind: 'complete' },
    room: null,
    unknownStates: [],
    ...more,
  }
  return read
}
const failed: RoomReading = { kind: 'failed', error: new ProviderError('network', 'gone') }

const noMarks: MeetingMarks = {
  noteReading: () => undefined,
  checkedInIds: () => [],
  markOwn: (_room, meetings) => meetings,
}

function build(marks: Partial<MeetingMarks> = {}, display: object = {}) {
  const parsed = parseSettings({
    version: 1,
    account: { platform: 'wecom', corpId: 'ww1' },
    rooms: [
      { id: 'xihu', source: { officeRoomId: 12 } },
      { id: 'longjing', source: { officeRoomId: 13 } },
    ],
    display,
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues))
  const log = createRecordingLogger()
  const published: RoomSnapshot[] = []
  const state = createMemoryState()
  const archive = createSnapshotArchive(state, 'a', log)
  let revision = 0
  const board = createRoomBoard({
    settings: parsed.settings,
    provider: { capabilities } as never,
    log,
    time: createServerTime(createFakeClock(MONDAY_10_MS)),
    archive,
    nextRevision: () => (revision += 1),
    publish: (snapshot) => published.push(snapshot),
    marks: { ...noMarks, ...marks },
    privacyOf: () => parsed.settings.display.privacy,
  })
  const [xihu, longjing] = parsed.settings.rooms as [RoomSettings, RoomSettings]
  const mark = (readAtMs = MONDAY_10_MS) => ({ readAtMs, intervalMs: MINUTE_MS, order: board.begin() })
  const ids = (roomId: string) => board.get(roomId)?.meetings.map(({ id }) => id)
  return { board, log, published, archive, xihu, longjing, mark, ids }
}

describe('createRoomBoard', () => {
  // Feishu tells a stranger's event and ours alike: after a restart only the panel's own journal knows.
  it('check-ins hear of our own bookings as our own, although the platform does not say so', () => {
    const heard: Meeting[] = []
    const { board, xihu, mark } = build({
      noteReading: (_room, meetings) => heard.push(...meetings),
      markOwn: (_room, meetings) => meetings.map((one) => ({ ...one, isOwn: one.id === 'ours' })),
    })
    board.applyRoom(
      xihu,
      reading([meetingAt(0, 30, { id: 'ours' }), meetingAt(30, 60, { id: 'theirs' })]),
      mark(),
    )
    expect(heard.map(({ id, isOwn }) => [id, isOwn])).toEqual([
      ['ours', true],
      ['theirs', false],
    ])
  })

  // A press reads its room while a slow poll is under way: that one must not take the new meeting away again.
  it('a read that began earlier takes nothing back, well read or failed, and rooms do not mix', () => {
    const { board, published, xihu, mark, ids } = build()
    const slow = mark()
    const quick = mark(MONDAY_10_MS + 1_000)
    board.applyRoom(xihu, reading([meetingAt(0, 30, { id: 'pressed' })]), quick)
    board.apply(
      new Map([
        ['xihu', reading([])],
        ['longjing', reading([meetingAt(0, 30, { id: 'other' })])],
      ]),
      slow,
    )
    expect(ids('xihu')).toEqual(['pressed'])
    expect(ids('longjing')).toEqual(['other'])
    board.applyRoom(xihu, failed, slow)
    expect(board.get('xihu')).toMatchObject({
      health: { kind: 'ok' },
      fetchedAtMs: MONDAY_10_MS + 1_000,
    })
    expect(published.map(({ room }) => room.id)).toEqual(['xihu', 'longjing'])
    board.applyRoom(xihu, reading([]), mark(MONDAY_10_MS + 2_000))
    expect(ids('xihu')).toEqual([])
  })

  it('a room the provider leaves out of its answer is one that could not be read', () => {
    const { board, mark } = build()
    board.apply(new Map([['xihu', reading([])]]), mark())
    expect(board.get('longjing')?.health).toEqual({ kind: 'broken', reason: 'badResponse' })
  })

  it('an answer with a meeting of which nobody knows the time is none: the last plan stays', () => {
    const { board, log, xihu, mark, ids } = build()
    board.applyRoom(xihu, reading([meetingAt(0, 30)]), mark())
    board.applyRoom(xihu, reading([meetingAt(60, 90, { startMs: NaN })]), mark(MONDAY_10_MS + 60_000))
    expect(ids('xihu')).toEqual(['m0-30'])
    expect(board.get('xihu')).toMatchObject({
      health: { kind: 'stale', reason: 'badResponse' },
      fetchedAtMs: MONDAY_10_MS,
    })
    expect(log.lines.at(-1)).toMatchObject({ message: 'room cannot be read' })
  })

  it('takes plans up from disk behind the privacy of today, and rooms without one as unread', async () => {
    const strict = build({}, { privacy: 'busy' })
    await strict.archive.save(strict.xihu, snapshotWith([meetingAt(0, 30)]))
    await strict.board.load()
    expect(strict.board.get('xihu')?.meetings).toMatchObject([{ title: null, organizer: null }])
    expect(strict.board.get('longjing')).toMatchObject({ fetchedAtMs: null, horizon: null, meetings: [] })
    expect(strict.board.get('elsewhere')).toBeNull()
    expect(strict.published).toEqual([])
  })

  it('says once when a spent allowance resumes, and keeps the plan', () => {
    const { board, published, xihu, mark } = build()
    board.applyRoom(xihu, reading([meetingAt(0, 30)]), mark())
    for (let calls = 0; calls < 3; calls += 1) board.markSpent(MONDAY_10_MS + 9e8)
    expect(published).toHaveLength(2)
    expect(published[1]).toMatchObject({
      health: { kind: 'stale', sinceMs: MONDAY_10_MS, reason: 'quota', resumesAtMs: MONDAY_10_MS + 9e8 },
      meetings: [{ id: 'm0-30' }],
    })
    board.markSpent(MONDAY_10_MS + 10e8)
    expect(published).toHaveLength(3)
  })

  it('names the next instant at which anything begins or ends in any room, not what passed or counts no more', () => {
    const { board, mark } = build()
    expect(board.nextBoundary(MONDAY_10_MS)).toBeNull()
    const closure = { fromMs: MONDAY_10_MS + 45 * MINUTE_MS, untilMs: MONDAY_10_MS + 90 * MINUTE_MS }
    board.apply(
      new Map([
        ['xihu', reading([meetingAt(-30, 30), meetingAt(10, 20, { state: 'cancelled' })])],
        ['longjing', reading([], { closures: [{ ...closure, reason: null }] })],
      ]),
      mark(),
    )
    const boundaries: number[] = []
    for (let atMs: number | null = MONDAY_10_MS; (atMs = board.nextBoundary(atMs)) !== null;)
      boundaries.push((atMs - MONDAY_10_MS) / MINUTE_MS)
    expect(boundaries).toEqual([30, 45, 90])
  })

  it('logs a change of a room’s state once, and a state nobody knows once', () => {
    const { board, log, xihu, mark } = build()
    const strange = reading([], { unknownStates: ['7'] })
    for (let reads = 0; reads < 3; reads += 1) board.applyRoom(xihu, strange, mark())
    for (let reads = 0; reads < 3; reads += 1) board.applyRoom(xihu, failed, mark())
    expect(log.lines.map(({ message }) => message)).toEqual([
      'room is read',
      'the platform sent a meeting state we do not know; it counts as busy',
      'room cannot be read',
    ])
  })

  it('publishes check-ins as they stand now, and a distrusted plan with its check-ins', () => {
    let checkedIn: string[] = []
    const { board, published, xihu, mark } = build({
      checkedInIds: () => checkedIn,
    })
    board.applyRoom(xihu, reading([meetingAt(0, 30)]), mark())
    checkedIn = ['m0-30']
    board.republish('xihu')
    board.republish('elsewhere')
    board.distrust(MONDAY_10_MS)
    expect(published.map(({ checkedInIds }) => checkedInIds)).toEqual([[], ['m0-30'], ['m0-30']])
    expect(published[2]?.freshness.unknownAtMs).toBe(MONDAY_10_MS)
    const revisions = published.map(({ revision }) => revision)
    expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b))
  })
})
