import { MINUTE_MS } from '../../../shared/domain/duration.ts'
import type { Meeting } from '../../../shared/domain/meeting.ts'
import { occupiedRange } from '../../../shared/domain/meeting.ts'
import { roomStatus } from '../../../shared/domain/roomStatus.ts'
import type { RoomSnapshot } from '../../../shared/domain/roomSnapshot.ts'
import type { StatusRules } from '../../../shared/domain/statusRules.ts'
import type { Clock } from '../../ports/Clock.ts'
import type { Logger } from '../../ports/Logger.ts'
import type { StateStore } from '../../ports/StateStore.ts'
import { ProviderError } from '../../providers/ProviderError.ts'
import type { RoomActions, WriteOutcome } from '../../providers/RoomActions.ts'
import type { RoomReading } from '../../providers/SiteProvider.ts'
import { emptySnapshot, reduceSnapshot } from '../../site/reduceSnapshot.ts'
import { createFakeClock } from '../../testing/fakeClock.ts'
import { createServerTime } from '../../time/createServerTime.ts'
import { createCheckInLedger } from '../createCheckInLedger.ts'
import { createCheckIns } from '../createCheckIns.ts'
import type { CheckInsDeps } from '../CheckInsDeps.ts'
import { journalSchema } from '../journal.ts'
import type { Journal } from '../journal.ts'
import type { History } from './History.ts'

/** 2026-11-23 09:00 in Shanghai. */
const BASE_MS = Date.UTC(2026, 10, 23, 1, 0)
const LENGTH_MS = 108 * 60_000
/** How often the simulated site reads its room. */
export const READ_EVERY_MS = 60_000
const NOTE_EVERY_MS = 20_000
export const simulatedRules: StatusRules = {
  soonMs: 10 * MINUTE_MS,
  checkIn: { mode: 'local', opensBeforeMs: 10 * MINUTE_MS, closesAfterMs: 10 * MINUTE_MS, isReleaseOn: true },
}

/** A booking as the calendar really has it; `group` are the people, who stay the same when they move. */
export interface RealMeeting {
  group: number
  meeting: Meeting
  /** When it was put at this time. */
  bookedAtMs: number
  isSeries: boolean
  isGone: boolean
}

/** What really happened, all in true time; written by the world, never by the code under test. */
export interface Chronicle {
  readonly calls: {
    atMs: number
    life: number
    real: RealMeeting
    meeting: Meeting
    others: readonly RealMeeting[]
  }[]
  readonly checkedIn: Map<number, number>
  /** Groups that pressed, and whoever booked for people that did: nobody else may be thanked. */
  readonly pressed: Set<number>
  readonly checkedInOrganizers: Set<string>
  readonly falseThanks: string[]
  /** Presses that were told they could not be written: no check-in, but somebody stood there. */
  readonly pressedInVain: { group: number; life: number }[]
  /** Since when the platform calls a booking checked in. */
  readonly checkedInThere: Map<string, number>
  /** What was said or sent before the disk had it. */
  readonly tooSoon: string[]
  readonly notes: { atMs: number; meetingId: string }[]
  readonly lives: { fromMs: number; untilMs: number }[]
  readonly outages: { fromMs: number; untilMs: number }[]
  readonly jumps: { atMs: number; byMs: number; shiftMs: number }[]
}

const silent: Logger = { debug: noop, info: noop, warn: noop, error: noop, child: () => silent }
function noop(): void {
  // nobody reads it
}

async function briefly(): Promise<void> {
  for (let hop = 0; hop < 8; hop += 1) await Promise.resolve()
}

const room = { id: 'xihu', source: { officeRoomId: 1, isSoleBooker: false } }
const capabilities = {
  titles: 'none',
  organizers: true,
  approval: true,
  platformCheckIn: true,
  actions: { canBook: true, extend: 'any', end: 'any', canRelease: true },
} as const

/** Lives through a history with the real check-ins and a world that keeps its own books. */
export async function playHistory(history: History, decide?: CheckInsDeps['decide']): Promise<Chronicle> {
  const clock = createFakeClock(BASE_MS, briefly)
  const trueNow = (): number => BASE_MS + clock.monotonic()
  const told: Chronicle = {
    calls: [],
    checkedIn: new Map(),
    pressed: new Set(),
    checkedInOrganizers: new Set(),
    falseThanks: [],
    pressedInVain: [],
    checkedInThere: new Map(),
    tooSoon: [],
    notes: [],
    lives: [],
    outages: [],
    jumps: [],
  }
  const disk = new Map<string, unknown>()
  const calendar: RealMeeting[] = []
  let shiftMs = 0
  let outageUntilMs = 0
  let darkUntilMs = 0
  let fullUntilMs = 0
  let ids = 0
  let answers = 0
  let life = 0

  function jump(byMs: number): void {
    shiftMs += byMs
    clock.jump(byMs)
    told.jumps.push({ atMs: trueNow(), byMs, shiftMs })
  }

  /** The journal as a power cut right now would leave it. */
  function onDisk(): Journal | null {
    const stored = journalSchema.safeParse(disk.get('checkIn.xihu'))
    return stored.success ? stored.data : null
  }

  const live = (): readonly RealMeeting[] => calendar.filter(({ isGone }) => !isGone)

  function book(group: number, meeting: Omit<Meeting, 'id'>, isSeries: boolean): void {
    ids += 1
    calendar.push({
      group,
      meeting: { ...meeting, id: `m${ids}` },
      bookedAtMs: trueNow(),
      isSeries,
      isGone: false,
    })
  }

  function readingNow(): RoomReading {
    if (trueNow() < outageUntilMs) return { kind: 'failed', error: new ProviderError('network', 'out') }
    for (const { meeting, group } of live()) {
      // What the platform said can only be remembered through a restart while the disk takes it.
      const isKept = meeting.platformCheckIn === 'checkedIn' && trueNow() >= fullUntilMs
      if (isKept && !told.checkedIn.has(group)) told.checkedIn.set(group, trueNow())
    }
    return {
      kind: 'read',
      meetings: live().map(({ meeting }) => meeting),
      closures: [],
      horizon: { fromMs: BASE_MS - 8 * 3_600_000, untilMs: BASE_MS + 14 * 3_600_000 },
      evidence: { kind: 'complete' },
      room: null,
      unknownStates: [],
    }
  }

  /** As every platform's writes must: looks right before, hits exactly one occurrence, never a series. */
  async function end(
    process: Clock,
    occurrence: { meetingId: string; startMs: number; endMs: number },
  ): Promise<WriteOutcome> {
    if (trueNow() < outageUntilMs) return { kind: 'refused', reason: 'offline' }
    const real = live().find(
      ({ meeting: { id, startMs, endMs } }) =>
        id === occurrence.meetingId && startMs === occurrence.startMs && endMs === occurrence.endMs,
    )
    if (!real) return { kind: 'refused', reason: 'gone' }
    const others = live().filter((one) => one !== real)
    told.calls.push({
      atMs: trueNow(),
      life,
      real: { ...real },
      meeting: real.meeting,
      others: others.map((one) => ({ ...one })),
    })
    const isIntended = onDisk()?.attempts.some(({ meetingId }) => meetingId === real.meeting.id) === true
    if (!isIntended) told.tooSoon.push(`${real.meeting.id}: called before the intent was on disk`)
    if (real.isSeries && !real.meeting.isRecurring) return { kind: 'refused', reason: 'series' }
    const answer = history.answers[answers++] ?? 'ok'
    if (answer !== 'lostRequest') real.isGone = true
    await new Promise<void>((resolve) => {
      process.schedule(history.answerS * 1_000, resolve)
    })
    if (answer === 'ok') return { kind: 'done', occurrence: null }
    return { kind: 'unclear', error: new ProviderError('network', 'lost') }
  }

  interface Process {
    readonly press: (meetingId: string, group: number, organizer: string | null) => void
    readonly shownIds: () => readonly string[]
  }
  let process: Process | null = null

  async function boot(): Promise<void> {
    const mine = (life += 1)
    const isAlive = (): boolean => life === mine
    const own: Clock = {
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      schedule: (delayMs, run) =>
        clock.schedule(delayMs, () => {
          if (isAlive()) run()
        }),
    }
    const state: StateStore = {
      read: (key) => Promise.resolve(disk.get(key)),
      write: (key, value) => {
        if (!isAlive() || trueNow() < fullUntilMs) return Promise.reject(new Error('ENOSPC'))
        disk.set(key, value)
        return Promise.resolve()
      },
    }
    const time = createServerTime(own)
    const described = {
      id: 'xihu',
      name: 'x',
      capacity: null,
      location: [],
      equipment: [],
      needsApproval: false,
    }
    let snapshot: RoomSnapshot = emptySnapshot(described, 0, capabilities)
    const actions: RoomActions = {
      end: (_room, occurrence) => (isAlive() ? end(own, occurrence) : new Promise(() => undefined)),
      book: () => Promise.reject(new Error('not here')),
      extend: () => Promise.reject(new Error('not here')),
    }
    const parts = {
      ...{ clock: own, log: silent, state, time, random: () => 0.5 },
      ...{ rooms: [room], rulesOf: () => simulatedRules },
    }
    const ledger = createCheckInLedger({ ...parts, account: 'a' })
    const checkIns = createCheckIns({
      ...parts,
      ledger,
      actions,
      site: {
        snapshot: () => snapshot,
        readRoom: () => {
          if (isAlive()) read()
          return Promise.resolve({ kind: 'read' })
        },
        republish: () => publish(snapshot),
        hasBudget: () => true,
        mayAlsoCall: () => true,
      },
      ...(decide ? { decide } : {}),
    })
    function publish(next: RoomSnapshot): void {
      snapshot = { ...next, checkedInIds: ledger.checkedInIds('xihu') }
      for (const id of snapshot.checkedInIds) {
        const real = calendar.find(({ meeting }) => meeting.id === id)
        const organizer = real?.meeting.organizerId ?? ''
        const isTheirs =
          real &&
          (told.pressed.has(real.group) || real.meeting.isOwn || told.checkedInOrganizers.has(organizer))
        if (!isTheirs) told.falseThanks.push(id)
      }
    }
    function read(): void {
      const reading = readingNow()
      if (reading.kind === 'read') {
        time.setOffset(trueNow() - own.now())
        ledger.noteReading('xihu', reading.meetings)
      }
      publish(
        reduceSnapshot(snapshot, reading, 1, {
          readAtMs: time.now(),
          intervalMs: READ_EVERY_MS,
          unknownAfterMs: 15 * MINUTE_MS,
          serverTimeOffsetMs: time.offsetMs(),
          privacy: 'full',
          capabilities,
          nameOverride: null,
        }),
      )
    }
    const shownIds = (): readonly string[] => {
      if (trueNow() < darkUntilMs) return []
      const status = roomStatus(snapshot, time.now(), simulatedRules)
      if (status.kind !== 'checkIn' && status.kind !== 'busy') return []
      const offered = [status.kind === 'checkIn' ? status.meeting : null, status.nextCheckIn]
      return offered.flatMap((meeting) => meeting?.id ?? [])
    }
    function readOn(): void {
      read()
      own.schedule(READ_EVERY_MS, readOn)
    }
    function noteOn(): void {
      for (const meetingId of shownIds()) {
        told.notes.push({ atMs: trueNow(), meetingId })
        checkIns.noteShown('xihu', meetingId)
      }
      own.schedule(NOTE_EVERY_MS, noteOn)
    }
    await ledger.load()
    if (!isAlive()) return
    told.lives.push({ fromMs: trueNow(), untilMs: Infinity })
    readOn()
    noteOn()
    checkIns.start()
    process = {
      shownIds,
      press(meetingId, group, organizer) {
        told.pressed.add(group)
        if (organizer !== null) told.checkedInOrganizers.add(organizer)
        void checkIns.checkIn('xihu', meetingId).then((outcome) => {
          if (!isAlive()) return
          const isInVain = outcome.kind === 'refused' && outcome.reason === 'failed'
          if (isInVain) told.pressedInVain.push({ group, life: mine })
          if (outcome.kind !== 'done') return
          told.checkedIn.set(group, trueNow())
          const record = onDisk()?.meetings.find(({ id }) => id === meetingId)
          if (!record?.checkIn && !told.checkedInThere.has(meetingId))
            told.tooSoon.push(`${meetingId}: thanked before it was on disk`)
        })
      },
    }
  }

  function restart(downS: number, isJournalLost: boolean): void {
    life += 1
    process = null
    const last = told.lives.at(-1)
    if (last) last.untilMs = Math.min(last.untilMs, trueNow())
    if (isJournalLost) disk.set('checkIn.xihu', { version: 'what?' })
    clock.schedule(downS * 1_000, () => void boot())
  }

  function move(real: RealMeeting, byMs: number, way: 'sameId' | 'rebook' | 'slowRebook'): void {
    const { id: _id, ...rest } = real.meeting
    const moved = {
      ...rest,
      startMs: rest.startMs + byMs,
      endMs: rest.endMs + byMs,
      platformCheckIn: 'none' as const,
    }
    if (way === 'sameId') {
      real.meeting = { ...real.meeting, startMs: moved.startMs, endMs: moved.endMs }
      real.bookedAtMs = trueNow()
      return
    }
    real.isGone = true
    clock.schedule(way === 'rebook' ? 0 : 40_000, () => book(real.group, moved, real.isSeries))
  }

  function happen(one: History['happenings'][number]): void {
    const all = live()
    const real = 'meeting' in one ? all[one.meeting % Math.max(1, all.length)] : undefined
    if (one.kind === 'restart') restart(one.downS, one.isJournalLost)
    else if (one.kind === 'outage') {
      outageUntilMs = trueNow() + one.forS * 1_000
      told.outages.push({ fromMs: trueNow(), untilMs: outageUntilMs })
    } else if (one.kind === 'dark') darkUntilMs = trueNow() + one.forS * 1_000
    else if (one.kind === 'fullDisk') fullUntilMs = trueNow() + one.forS * 1_000
    else if (one.kind === 'jump') jump(one.byS * 1_000)
    else if (!real) return
    else if (one.kind === 'press')
      process?.press(real.meeting.id, real.group, real.meeting.organizerId ?? null)
    else if (one.kind === 'cancel') real.isGone = true
    else if (one.kind === 'move') move(real, one.byMinutes * MINUTE_MS, one.way)
    else if (one.kind === 'platformCheckIn') {
      real.meeting = { ...real.meeting, platformCheckIn: 'checkedIn' }
      if (!told.checkedInThere.has(real.meeting.id)) told.checkedInThere.set(real.meeting.id, trueNow())
      told.pressed.add(real.group)
      if (typeof real.meeting.organizerId === 'string') told.checkedInOrganizers.add(real.meeting.organizerId)
    } else {
      real.isGone = true
      const { id: _id, ...rest } = real.meeting
      book(
        calendar.length + 100,
        { ...rest, organizerId: one.organizer, platformCheckIn: 'none' },
        real.isSeries,
      )
    }
  }

  if (history.skewS !== 0) jump(history.skewS * 1_000)
  history.bookings.forEach((one, group) => {
    clock.schedule(one.bookedAtS * 1_000, () => {
      const startMs = BASE_MS + one.startMinute * MINUTE_MS
      const meeting: Omit<Meeting, 'id'> = {
        startMs,
        endMs: startMs + one.minutes * MINUTE_MS,
        title: null,
        organizer: null,
        organizerId: one.organizer,
        department: null,
        state: one.kind === 'tentative' || one.kind === 'pending' ? one.kind : 'confirmed',
        isAllDay: one.kind === 'allDay',
        isRecurring: one.kind === 'series',
        isPrivate: false,
        isOwn: one.kind === 'own',
        platformCheckIn: 'none',
        releasedAtMs: null,
        video: null,
      }
      book(group, meeting, one.kind === 'series' || one.kind === 'untoldSeries')
    })
  })
  for (const one of history.happenings) clock.schedule(one.atS * 1_000, () => happen(one))
  void boot()
  await clock.advance(LENGTH_MS)
  return told
}

/** Whether two counted meetings take the same time. */
export function doOverlap(a: Meeting, b: Meeting): boolean {
  return occupiedRange(a) !== null && occupiedRange(b) !== null && a.startMs < b.endMs && b.startMs < a.endMs
}
