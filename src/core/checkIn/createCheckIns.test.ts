import { describe, expect, it } from 'vitest'
import type { Meeting } from '../../shared/domain/meeting.ts'
import type { RoomSnapshot } from '../../shared/domain/roomSnapshot.ts'
import type { StatusRules } from '../../shared/domain/statusRules.ts'
import { meetingAt, MONDAY_10_MS, snapshotWith } from '../../shared/domain/testing/fixtures.ts'
import { createFakeClock, settle } from '../testing/fakeClock.ts'
import { createMemoryState } from '../testing/memoryStores.ts'
import { createRecordingLogger } from '../testing/recordingLogger.ts'
import { createServerTime } from '../time/createServerTime.ts'
import { createCheckInLedger } from './createCheckInLedger.ts'
import { createCheckIns } from './createCheckIns.ts'

const MINUTE = 60_000
const room = { id: 'xihu', source: { officeRoomId: 1, isSoleBooker: false } }
const meeting = meetingAt(5, 60, { id: 'a', organizerId: 'lin' })

/** A panel at 10:00 whose room has one meeting at 10:05. */
async function setUp(
  options: { mode?: 'off' | 'platform' | 'local'; meetings?: readonly Meeting[]; aheadMs?: number } = {},
  state = createMemoryState(),
) {
  const { mode = 'local', meetings = [meeting], aheadMs = 0 } = options
  const clock = createFakeClock(MONDAY_10_MS + aheadMs)
  const time = createServerTime(clock)
  const log = createRecordingLogger()
  const snapshot: RoomSnapshot = snapshotWith(meetings)
  const rules: StatusRules = {
    soonMs: 0,
    checkIn: { mode, opensBeforeMs: 10 * MINUTE, closesAfterMs: 10 * MINUTE, isReleaseOn: true },
  }
  const parts = { clock, log, state, random: () => 0.5, rooms: [room], rulesOf: () => rules, time }
  const ledger = createCheckInLedger({ ...parts, account: 'a' })
  const checkIns = createCheckIns({
    ...parts,
    ledger,
    actions: null,
    site: {
      snapshot: (id) => (id === 'xihu' ? snapshot : null),
      readRoom: () => Promise.resolve({ kind: 'read' }),
      republish: () => undefined,
      hasBudget: () => true,
      mayAlsoCall: () => true,
    },
  })
  await ledger.load()
  if (aheadMs !== 0) checkIns.start()
  time.setOffset(-aheadMs)
  ledger.noteReading('xihu', meetings)
  await settle()
  return { checkIns, ledger, clock, state, log }
}
const refusedWith = (reason: string) => ({ kind: 'refused', reason })

describe('createCheckIns', () => {
  it('is on disk when it resolves, and stands after a restart', async () => {
    const { checkIns, state } = await setUp()
    const outcome = await checkIns.checkIn('xihu', 'a')
    expect(outcome).toMatchObject({ kind: 'done', meeting: { id: 'a' } })
    const second = await setUp({}, createMemoryState(new Map(state.files)))
    expect(second.ledger.checkedInIds('xihu')).toEqual(['a'])
    expect([...state.files.values()].join()).not.toMatch(/周会|陈璐|"lin"/)
  })

  it('stands although the device starts with its clock weeks ahead, until a vendor tells the time', async () => {
    const { checkIns, state } = await setUp()
    await checkIns.checkIn('xihu', 'a')
    const files = createMemoryState(new Map(state.files))
    const second = await setUp({ aheadMs: 30 * 1440 * MINUTE }, files)
    expect(second.ledger.checkedInIds('xihu')).toEqual(['a'])
    await second.checkIns.stop()
    expect((await setUp({}, files)).ledger.checkedInIds('xihu')).toEqual(['a'])
  })

  it('pressing twice, at once or later, is one check-in', async () => {
    const { checkIns, ledger } = await setUp()
    const both = await Promise.all([checkIns.checkIn('xihu', 'a'), checkIns.checkIn('xihu', 'a')])
    expect(both.map(({ kind }) => kind)).toEqual(['done', 'done'])
    expect(ledger.checkedInIds('xihu')).toEqual(['a'])
  })

  it('a full disk says so and thanks nobody; the next press works', async () => {
    const { checkIns, ledger, state } = await setUp()
    state.isFull = true
    expect(await checkIns.checkIn('xihu', 'a')).toEqual(refusedWith('failed'))
    expect(ledger.checkedInIds('xihu')).toEqual([])
    state.isFull = false
    expect(await checkIns.checkIn('xihu', 'a')).toMatchObject({ kind: 'done' })
  })

  it.each([
    ['off', 'off', 'a'],
    ['unsupported', 'platform', 'a'],
    ['gone', 'local', 'nobody'],
  ] as const)('refuses with %s in mode %s', async (reason, mode, id) => {
    const { checkIns } = await setUp({ mode })
    expect(await checkIns.checkIn('xihu', id)).toEqual(refusedWith(reason))
  })

  it('refuses before the window opens, an unknown room, and after the window', async () => {
    const later = meetingAt(11, 60, { id: 'later' })
    const { checkIns, clock } = await setUp({ meetings: [meeting, later] })
    expect(await checkIns.checkIn('xihu', 'later')).toEqual(refusedWith('notOpen'))
    expect(await checkIns.checkIn('elsewhere', 'a')).toEqual(refusedWith('unknown'))
    await clock.advance(15 * MINUTE + 4_000)
    expect(await checkIns.checkIn('xihu', 'a')).toMatchObject({ kind: 'done' })
    await clock.advance(7 * MINUTE)
    expect(await checkIns.checkIn('xihu', 'later')).toEqual(refusedWith('tooLate'))
  })

  it('is refused while the room is unknown, and taken for a meeting of the last plan that runs', async () => {
    const next = meetingAt(20, 60, { id: 'next' })
    const { checkIns, clock } = await setUp({ meetings: [meetingAt(5, 18, { id: 'a' }), next] })
    await clock.advance(14 * MINUTE)
    expect(await checkIns.checkIn('xihu', 'a')).toMatchObject({ kind: 'done' })
    await clock.advance(5 * MINUTE)
    expect(await checkIns.checkIn('xihu', 'next')).toEqual(refusedWith('unknown'))
  })

  it('what people extend from within is theirs already, also after a restart and however far ahead', async () => {
    const extension = meetingAt(30, 45, { id: 'more', isOwn: true })
    const { checkIns, state } = await setUp({ meetings: [meeting] })
    await checkIns.noteExtension('xihu', {
      meetingId: 'more',
      startMs: extension.startMs,
      endMs: extension.endMs,
    })
    const second = await setUp({ meetings: [extension] }, createMemoryState(new Map(state.files)))
    expect(second.ledger.checkedInIds('xihu')).toEqual(['more'])
  })

  it('what the platform calls checked in needs no press of ours', async () => {
    const there = { ...meeting, platformCheckIn: 'checkedIn' as const }
    const { checkIns } = await setUp({ mode: 'platform', meetings: [there] })
    expect(await checkIns.checkIn('xihu', 'a')).toMatchObject({ kind: 'done' })
  })

  it('sets a damaged journal aside and believes none of it', async () => {
    const damaged = createMemoryState(new Map([['checkIn.xihu', '{"version":1,"meetings":"?"}']]))
    const { ledger, state } = await setUp({}, damaged)
    expect(ledger.checkedInIds('xihu')).toEqual([])
    expect(state.files.get('checkIn.xihu.damaged')).toContain('"?"')
  })

  it('an intent without an outcome is unclear after a restart, and a decision names every reason', async () => {
    const { checkIns, state, clock } = await setUp()
    checkIns.start()
    await clock.advance(15 * MINUTE + 1_000)
    const [report] = checkIns.reports('xihu')
    expect(report).toMatchObject({ meetingId: 'a', decision: 'keep', outcome: null })
    expect(report?.reasons).toContain('noCapability')
    expect(report?.reasons).toContain('notShown')
    await checkIns.stop()
    const stored = JSON.parse(state.files.get('checkIn.xihu')!) as {
      attempts: unknown[]
      decisions: object[]
    }
    stored.attempts = [
      { meetingId: 'a', startMs: meeting.startMs, endMs: meeting.endMs, intendedAtMs: 0, outcome: null },
    ]
    stored.decisions = [{ ...stored.decisions[0], decision: 'release', reasons: ['noShow'] }]
    // Attempts are pruned by age, so the restart happens at the same time.
    const files = new Map([['checkIn.xihu', JSON.stringify(stored)]])
    const second = await setUp({}, createMemoryState(files))
    expect(second.checkIns.reports('xihu')).toMatchObject([
      { decision: 'release', outcome: { kind: 'unclear' } },
    ])
    expect(await second.checkIns.checkIn('xihu', 'a')).toEqual(refusedWith('tooLate'))
  })
})
