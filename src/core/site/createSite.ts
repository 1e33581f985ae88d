import type { LastFailure } from '../../shared/api/diagnostics.ts'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/domain/duration.ts'
import type { RoomId } from '../../shared/domain/room.ts'
import { TOUCH_AGE_MS } from '../../shared/domain/touchAge.ts'
import { createZone } from '../../shared/domain/zonedTime.ts'
import type { RoomSettings } from '../../shared/settings/schema.ts'
import type { SiteSettings } from '../../shared/settings/sections.ts'
import { refusalFrom } from '../diagnostics/refusalFrom.ts'
import { createPoller } from '../polling/createPoller.ts'
import { createReadPlan } from '../polling/createReadPlan.ts'
import type { ReadPlanDeps } from '../polling/createReadPlan.ts'
import { createOfficeCalendar } from '../polling/officeCalendar.ts'
import type { CorePorts } from '../ports/CorePorts.ts'
import { ProviderError } from '../providers/ProviderError.ts'
import type { RoomReading } from '../providers/SiteProvider.ts'
import { createRoomBoard } from './createRoomBoard.ts'
import type { BoardDeps } from './createRoomBoard.ts'
import { createRoomReader } from './createRoomReader.ts'
import { rangeToRead } from './rangeToRead.ts'
import type { Site } from './Site.ts'

const READ_DEADLINE_MS = MINUTE_MS
const JUMP_CHECK_MS = 10 * SECOND_MS
/** A device clock found wrong by more than this makes what was asked for with it doubtful. */
const WRONG_CLOCK_MS = MINUTE_MS

/** What a site works with. */
export interface SiteDeps
  extends BoardDeps, Pick<CorePorts, 'clock' | 'random'>, Pick<ReadPlanDeps, 'counter' | 'meter'> {
  readonly settings: SiteSettings
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const refuse = (): void => reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'))
    if (signal.aborted) refuse()
    else signal.addEventListener('abort', refuse, { once: true })
  })
}

/** See {@link Site}. */
export function createSite(deps: SiteDeps): Site {
  const { settings, provider, clock, log, time, counter, meter, archive } = deps
  const rooms = settings.rooms
  // Building a zone is costly, and the budget asks several times a read.
  const zone = createZone(settings.timeZone)
  const board = createRoomBoard(deps)
  const plan = createReadPlan({
    polling: settings.polling,
    office: createOfficeCalendar(settings.officeHours, zone),
    callsPerRead: () => provider.callCost(rooms, rangeToRead(zone, time.now())),
    counter,
    meter,
    nextBoundaryMs: (afterMs) => board.nextBoundary(afterMs),
    now: () => time.now(),
    random: deps.random,
  })
  let lastFailure: LastFailure | null = null
  let cancelJumpCheck: (() => void) | null = null

  async function readBatch(
    rooms: readonly RoomSettings[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<RoomId, RoomReading>> {
    try {
      const range = rangeToRead(zone, time.now())
      // A provider that ignores its signal must not hold the panel: the abort itself ends the wait.
      return await Promise.race([provider.listMeetings(rooms, range, signal), rejectOnAbort(signal)])
    } catch (error: unknown) {
      if (!(error instanceof ProviderError)) {
        if (signal.aborted) throw error
        log.error('the provider threw something else than its own error', { type: String(error) })
      }
      const failure =
        error instanceof ProviderError ? error : new ProviderError('badResponse', 'unexpected failure')
      return new Map(rooms.map(({ id }) => [id, { kind: 'failed', error: failure }]))
    }
  }

  /** Whatever asked for a read, a spent allowance is not called on. @returns whether it is spent */
  function isSpent(): boolean {
    const stoppedUntilMs = plan.stoppedUntilMs()
    if (stoppedUntilMs !== null) board.markSpent(stoppedUntilMs)
    return stoppedUntilMs !== null
  }

  async function read(signal: AbortSignal): Promise<void> {
    const assumedOffsetMs = time.offsetMs()
    await readRooms(signal)
    // The vendor told its time only now: what was asked for may have been another day.
    const isClockWrong = Math.abs(time.offsetMs() - assumedOffsetMs) > WRONG_CLOCK_MS
    if (isClockWrong && plan.isRunning() && plan.mayReadNow()) await readRooms(signal)
  }

  async function readRooms(signal: AbortSignal): Promise<void> {
    if (isSpent()) return
    await plan.begin()
    const order = board.begin()
    const readAtMs = time.now()
    let readings: ReadonlyMap<RoomId, RoomReading>
    try {
      readings = await readBatch(rooms, signal)
    } catch (error: unknown) {
      // Stopped by us: the outcome is nobody's. Overdue: that is a failed read like any other.
      if (!plan.isRunning()) throw error
      const overdue = new ProviderError('network', 'the read passed its deadline')
      readings = new Map(rooms.map(({ id }) => [id, { kind: 'failed', error: overdue }]))
    }
    if (!plan.isRunning()) return
    const errors = [...readings.values()].flatMap((one) => (one.kind === 'failed' ? [one.error] : []))
    const worst = errors[0]
    if (worst) lastFailure = { ...refusalFrom(worst), atMs: time.now() }
    // One room that fails alone must not slow its siblings down.
    plan.record(worst && errors.length === readings.size ? worst : null)
    board.apply(readings, { readAtMs, intervalMs: plan.trustedIntervalMs(), order })
    if (isSpent()) log.warn('the calls of the month are spent; the last plan stays until they return')
    await Promise.all([counter.flush(), ...rooms.map((room) => saveRoom(room))])
  }

  async function saveRoom(room: RoomSettings): Promise<void> {
    const snapshot = board.get(room.id)
    if (snapshot?.fetchedAtMs !== null && snapshot !== null) await archive.save(room, snapshot)
  }

  const poller = createPoller({
    clock,
    read,
    nextDelayMs: () => {
      const { delayMs, reason } = plan.next()
      // A device may sleep through the month's end: a stopped panel looks at the calendar every hour.
      return reason === 'quota' ? Math.min(delayMs, HOUR_MS) : delayMs
    },
    deadlineMs: READ_DEADLINE_MS,
    onBug: (error) =>
      log.error('a read failed by a bug', { type: error instanceof Error ? error.name : typeof error }),
  })

  const roomReader = createRoomReader({
    ...deps,
    rooms,
    plan,
    board,
    readBatch,
    save: async (room) => {
      await Promise.all([counter.flush(), saveRoom(room)])
    },
  })

  function checkForJump(): void {
    cancelJumpCheck = clock.schedule(JUMP_CHECK_MS, checkForJump)
    if (time.hasJumped()) distrust()
  }

  function distrust(): void {
    log.warn('the clock jumped or the device slept; reading anew')
    board.distrust(time.now())
    if (plan.mayReadNow()) void poller.refresh()
  }

  return {
    plan,
    directory: provider.directory ?? null,
    load: async (before = null) => {
      await Promise.all([board.load(before), plan.load()])
    },
    start() {
      plan.start()
      isSpent()
      poller.start()
      checkForJump()
    },
    async stop() {
      plan.stop()
      poller.stop()
      roomReader.stop()
      cancelJumpCheck?.()
      await counter.flush()
    },
    snapshot: (roomId) => board.get(roomId),
    readRoom: (roomId, why) => roomReader.read(roomId, why),
    hasBudget: () => plan.stoppedUntilMs() === null,
    mayAlsoCall: (calls) => meter.mayAlsoCall(calls),
    touch(roomId) {
      const fetchedAtMs = board.get(roomId)?.fetchedAtMs ?? null
      if (fetchedAtMs !== null && Math.abs(time.now() - fetchedAtMs) < TOUCH_AGE_MS)
        return { outcome: 'fresh' }
      if (!plan.mayReadNow()) return { outcome: 'budget' }
      void poller.refresh()
      return { outcome: 'started' }
    },
    republish: (roomId) => board.republish(roomId),
    changePrivacy() {
      board.maskAnew()
      if (plan.isRunning() && plan.mayReadNow()) void poller.refresh()
    },
    wake() {
      if (time.hasJumped()) distrust()
      else if (plan.mayReadNow()) void poller.refresh()
    },
    lastFailure: () => lastFailure,
    nextReadAtMs() {
      const stoppedUntilMs = plan.stoppedUntilMs()
      if (stoppedUntilMs !== null) return stoppedUntilMs
      const dueMs = poller.nextAtMonotonicMs()
      return dueMs === null ? null : time.now() + (dueMs - clock.monotonic())
    },
  }
}
