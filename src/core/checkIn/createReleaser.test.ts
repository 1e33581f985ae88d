import { describe, expect, it } from 'vitest'
import { MINUTE_MS } from '../../shared/domain/duration.ts'
import type { KeepReason, ReleaseDecision } from '../../shared/domain/release.ts'
import { meetingAt, MONDAY_10_MS } from '../../shared/domain/testing/fixtures.ts'
import type { RoomSettings } from '../../shared/settings/schema.ts'
import type { RoomActions, WriteOutcome } from '../providers/RoomActions.ts'
import { createFakeClock, settle } from '../testing/fakeClock.ts'
import { createMemoryState } from '../testing/memoryStores.ts'
import { createRecordingLogger } from '../testing/recordingLogger.ts'
import { createServerTime } from '../time/createServerTime.ts'
import type { CheckInsDeps } from './CheckInsDeps.ts'
import { createReleaser } from './createReleaser.ts'
import { createRoomJournal } from './createRoomJournal.ts'

const room = { id: 'xihu', source: { officeRoomId: 12 } } as RoomSettings
const meeting = meetingAt(0, 60)
const yes: ReleaseDecision = { kind: 'release', reasons: ['noShow'] }
const no = (...reasons: KeepReason[]): ReleaseDecision => ({ kind: 'keep', reasons })

/** @param end what the platform makes of the one call; null where the account cannot write */
function setUp(end: ((signal: AbortSignal) => Promise<WriteOutcome>) | null = null) {
  const clock = createFakeClock(MONDAY_10_MS + 10 * MINUTE_MS)
  const log = createRecordingLogger()
  const state = createMemoryState()
  const journal = createRoomJournal({ roomId: room.id, state, binding: 'b', salt: 's', log })
  const seen = { reads: [] as string[], ended: 0, claimed: [] as number[], onDisk: [] as unknown[] }
  const world = { mayClaim: true, readNow: () => Promise.resolve<unknown>(undefined) }
  const actions: Partial<RoomActions> = {
    end: async (_room, _occurrence, _reason, signal) => {
      seen.ended += 1
      seen.onDisk.push(await state.read('checkIn.xihu'))
      return end ? end(signal) : { kind: 'done', occurrence: null }
    },
  }
  const releaser = createReleaser({
    clock,
    log,
    time: createServerTime(clock),
    actions,
    site: {
      readRoom: (_roomId: string, why: string) => {
        seen.reads.push(why)
        return world.readNow()
      },
      mayAlsoCall: (calls: number) => {
        seen.claimed.push(calls)
        return world.mayClaim
      },
    },
  } as unknown as CheckInsDeps)
  /** Decides as told, one answer after the other; the last one stays. */
  const settleBy = (...answers: (ReleaseDecision | null)[]) =>
    releaser.settle(room, journal, meeting, () => (answers.length > 1 ? answers.shift() : answers[0]) ?? null)
  const told = () => ({
    decisions: journal.get().decisions.map(({ decision, reasons }) => `${decision} ${reasons.join(' ')}`),
    outcomes: journal.get().attempts.map(({ outcome }) => outcome?.kind ?? null),
  })
  return { clock, state, journal, seen, world, releaser, settleBy, told }
}

describe('createReleaser', () => {
  it('reads, decides, writes the intent down, sends once, and reads back', async () => {
    const { journal, seen, settleBy, told } = setUp()
    await settleBy(yes)
    expect(seen).toMatchObject({ reads: ['decide', 'verify'], ended: 1, claimed: [5] })
    // When the call left, the disk knew of it: after a crash it is unclear, never sent again.
    expect(seen.onDisk).toMatchObject([{ attempts: [{ meetingId: meeting.id, outcome: null }] }])
    expect(told()).toEqual({ decisions: ['release noShow'], outcomes: ['done'] })
    expect(await journal.save()).toBe(true)
  })

  it('asks nobody where the first look says no, and remembers why', async () => {
    const { seen, state, settleBy, told } = setUp()
    await settleBy(no('offline', 'notShown'))
    expect(seen).toMatchObject({ reads: [], ended: 0, claimed: [] })
    expect(told()).toEqual({ decisions: ['keep offline notShown'], outcomes: [] })
    expect(await state.read('checkIn.xihu')).toMatchObject({ decisions: [{ decision: 'keep' }] })
  })

  it('keeps what the fresh read speaks for, and what is no longer there', async () => {
    const changed = setUp()
    await changed.settleBy(yes, no('checkedInThere'))
    expect(changed.told().decisions).toEqual(['keep checkedInThere'])
    const vanished = setUp()
    await vanished.settleBy(yes, null)
    expect(vanished.told().decisions).toEqual(['keep gone'])
    expect(changed.seen.ended + vanished.seen.ended).toBe(0)
  })

  it('reads once more when the first read had begun too early, and not for ever', async () => {
    const joined = setUp()
    await joined.settleBy(yes, no('staleData'), yes)
    expect(joined.seen).toMatchObject({ reads: ['decide', 'decide', 'verify'], ended: 1 })
    const stuck = setUp()
    await stuck.settleBy(yes, no('staleData'))
    expect(stuck.seen).toMatchObject({ reads: ['decide', 'decide'], ended: 0 })
    expect(stuck.told().decisions).toEqual(['keep staleData'])
  })

  it('without calls left, or without a disk that takes the intent, nothing is sent', async () => {
    const poor = setUp()
    poor.world.mayClaim = false
    await poor.settleBy(yes)
    expect(poor.told()).toEqual({ decisions: ['keep budget'], outcomes: [] })
    const full = setUp()
    full.state.isFull = true
    await full.settleBy(yes)
    expect(full.told()).toEqual({
      decisions: ['release noShow', 'keep journalFailed'],
      outcomes: ['notSent'],
    })
    expect(poor.seen.ended + full.seen.ended).toBe(0)
  })

  it.each<[string, WriteOutcome, unknown]>([
    [
      'a refusal with its reason',
      { kind: 'refused', reason: 'series' },
      { kind: 'refused', reason: 'series' },
    ],
    ['an unclear one', { kind: 'unclear', error: new Error('?') as never }, { kind: 'unclear' }],
  ])('keeps what the platform made of it: %s', async (_name, written, outcome) => {
    const { journal, settleBy } = setUp(() => Promise.resolve(written))
    await settleBy(yes)
    expect(journal.get().attempts).toMatchObject([{ outcome }])
  })

  it('what is thrown before an abort is a bug and proves nothing', async () => {
    const { settleBy, told } = setUp(() => Promise.reject(new Error('bug')))
    await settleBy(yes)
    expect(told().outcomes).toEqual(['unclear'])
  })

  const untilAborted = (signal: AbortSignal): Promise<never> =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error))
    })

  it('a call that has not left by its deadline is given up, and then the room is read back', async () => {
    const { clock, seen, settleBy, told } = setUp(untilAborted)
    const settled = settleBy(yes)
    await clock.advance(MINUTE_MS - 1)
    expect(told().outcomes).toEqual([null])
    await clock.advance(1)
    await settled
    expect(told().outcomes).toEqual(['notSent'])
    expect(seen.reads).toEqual(['decide', 'verify'])
    expect(clock.pending()).toBe(0)
  })

  // The provider alone knows whether its call had left: racing it would call a sent release "not sent".
  it('waits for the platform’s word after an abort', async () => {
    const { clock, settleBy, told } = setUp(async (signal) => {
      await untilAborted(signal).catch(() => undefined)
      return { kind: 'unclear', error: new Error('sent') as never }
    })
    const settled = settleBy(yes)
    await clock.advance(MINUTE_MS)
    await settled
    expect(told().outcomes).toEqual(['unclear'])
  })

  it('stopped while it reads, it decides nothing: the next life finds that it was not there', async () => {
    const { seen, world, releaser, settleBy, told } = setUp()
    world.readNow = () => new Promise(() => undefined)
    const settled = settleBy(yes)
    await settle()
    releaser.stop()
    await settled
    expect(told()).toEqual({ decisions: [], outcomes: [] })
    expect(seen.ended).toBe(0)
  })

  it('stopped while its call waits, it gives that up and reads nothing any more', async () => {
    const { seen, releaser, settleBy, told } = setUp(untilAborted)
    const settled = settleBy(yes)
    await settle()
    expect(seen.ended).toBe(1)
    releaser.stop()
    await settled
    expect(told().outcomes).toEqual(['notSent'])
    expect(seen.reads).toEqual(['decide'])
  })
})
