import { expect, it } from 'vitest'
import type { Meeting } from '../../shared/domain/meeting.ts'
import { meetingAt, MONDAY_10_MS } from '../../shared/domain/testing/fixtures.ts'
import { parseSettings } from '../settings/parseSettings.ts'
import { createFakeClock } from '../testing/fakeClock.ts'
import { createMemoryState } from '../testing/memoryStores.ts'
import { createRecordingLogger } from '../testing/recordingLogger.ts'
import { createServerTime } from '../time/createServerTime.ts'
import { createRoomBoard } from './createRoomBoard.ts'
import { createSnapshotArchive } from './createSnapshotArchive.ts'

// Feishu tells a stranger's event and ours alike: after a restart only the panel's own journal knows.
it('check-ins hear of our own bookings as our own, although the platform does not say so', () => {
  const parsed = parseSettings({
    version: 1,
    account: { platform: 'wecom', corpId: 'ww1' },
    rooms: [{ id: 'xihu', source: { officeRoomId: 12 } }],
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues))
  const heard: Meeting[] = []
  const log = createRecordingLogger()
  const board = createRoomBoard({
    settings: parsed.settings,
    provider: {
      capabilities: { titles: 'all', organizers: true, approval: true, platformCheckIn: false },
    } as never,
    log,
    time: createServerTime(createFakeClock(MONDAY_10_MS)),
    archive: createSnapshotArchive(createMemoryState(), 'a', log),
    nextRevision: () => 1,
    publish: () => undefined,
    checkIns: { noteReading: (_room, meetings) => heard.push(...meetings), checkedInIds: () => [] },
    markOwn: (_room, meetings) => meetings.map((one) => ({ ...one, isOwn: one.id === 'ours' })),
  })
  const [room] = parsed.settings.rooms
  board.applyRoom(
    room ?? expect.fail('no room'),
    {
      kind: 'read',
      meetings: [meetingAt(0, 30, { id: 'ours' }), meetingAt(30, 60, { id: 'theirs' })],
      closures: [],
      horizon: { fromMs: MONDAY_10_MS - 3_600_000, untilMs: MONDAY_10_MS + 3_600_000 },
      evidence: { kind: 'complete' },
      room: null,
      unknownStates: [],
    },
    { readAtMs: MONDAY_10_MS, intervalMs: 60_000, order: board.begin() },
  )
  expect(heard.map(({ id, isOwn }) => [id, isOwn])).toEqual([
    ['ours', true],
    ['theirs', false],
  ])
})
