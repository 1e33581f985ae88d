import type { Meeting } from '../../../shared/domain/meeting.ts'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import { occupiedRange } from '../../../shared/domain/meeting.ts'
import type { RoomSnapshot } from '../../../shared/domain/roomSnapshot.ts'
import { meetingAt, MONDAY_10_MS, snapshotWith } from '../../../shared/domain/testing/fixtures.ts'
import { ProviderError } from '../../providers/ProviderError.ts'
import type { Occurrence, RoomActions, WriteOutcome } from '../../providers/RoomActions.ts'
import { parseSettings } from '../../settings/parseSettings.ts'
import { createFakeClock } from '../../testing/fakeClock.ts'
import type { StateStore } from '../../ports/StateStore.ts'
import { createMemoryState } from '../../testing/memoryStores.ts'
import { createRecordingLogger } from '../../testing/recordingLogger.ts'
import { createServerTime } from '../../time/createServerTime.ts'
import type { RoomReread } from '../../site/Site.ts'
import { createActionJournal } from '../createActionJournal.ts'
import { createActions } from '../createActions.ts'

export const RIGHT_PIN = '246810'
export const ROOM = 'xihu'

/** What the vendor does with the next write. */
export type VendorMood =
  | 'willing'
  /** Done, but the answer is lost. */
  | 'silent'
  /** Not answered, and done later, if the time is free then. */
  | 'late'
  | 'refusing'
  | 'throwing'
  | 'hanging'

/** How much later a request that got stuck arrives. */
const LATE_MS = 4_000

/** The time a write is about, and the booking that may stand there: its own. */
interface Wanted extends TimeRange {
  readonly id?: string
}

/** A room, its vendor and its disk, which outlive the panel in front of them. */
export function openActionWorld(more: Record<string, unknown> = {}, meetings: readonly Meeting[] = []) {
  const clock = createFakeClock(MONDAY_10_MS)
  const files = new Map<string, string>()
  const log = createRecordingLogger()
  const settings = parseSettings({
    version: 1,
    account: { platform: 'wecom', corpId: 'ww1', bookerUserId: 'door' },
    rooms: [{ id: ROOM, source: { officeRoomId: 1 } }],
    ...more,
  })
  if (!settings.ok) throw new Error(JSON.stringify(settings.issues))
  const world = {
    clock,
    files,
    log,
    calendar: [...meetings],
    mood: 'willing' as VendorMood,
    refusal: { kind: 'refused', reason: 'policy' } as WriteOutcome,
    reread: { kind: 'read' } as RoomReread,
    hasBudget: true,
    isDiskFull: false,
    /** Ids of what the panel did not book, or not knowingly. */
    byOthers: new Set<string>(),
    /** Ids of what the panel has read. */
    seen: new Set<string>(meetings.map(({ id }) => id)),
    /** What happens right before the vendor gets the next write. */
    beforeWrite: null as (() => void) | null,
    /** Vendor calls that were to change something, by press. */
    sent: [] as { readonly pressId: string; readonly wasKnown: boolean }[],
    /** What the panel asked to end. */
    ended: [] as Occurrence[],
    /** What check-ins were told of. */
    extensions: [] as Occurrence[],
    /** Whether the platform cannot move an end: an extension is then a booking of its own. */
    booksExtensions: false,
    reads: 0,
    pinChecks: 0,
    /** Counts down at every step; the power goes at zero. */
    stepsLeft: Infinity,
    /** The plan a panel has in its memory. */
    snapshot: null as RoomSnapshot | null,
    live,
    /** The panel's regular read. */
    refresh: () => {
      world.snapshot = fresh()
      world.seen = new Set(world.calendar.map(({ id }) => id))
    },
    overlapping,
  }

  function overlapping({ fromMs, untilMs }: TimeRange, exceptId?: string): readonly Meeting[] {
    return world.calendar.filter(
      ({ id, startMs, endMs }) => id !== exceptId && startMs < untilMs && fromMs < endMs,
    )
  }

  function fresh(): RoomSnapshot {
    const base = snapshotWith(world.calendar)
    const actions = { canBook: true, extend: 'any', end: 'any', canRelease: true } as const
    const nowMs = clock.now()
    return {
      ...base,
      room: { ...base.room, id: ROOM },
      fetchedAtMs: nowMs,
      freshness: { staleAtMs: nowMs + 90_000, unknownAtMs: nowMs + 900_000 },
      capabilities: { ...base.capabilities, actions },
    }
  }

  /** A panel that starts on this disk. */
  function live() {
    let isDead = false
    const dark = <T>(): Promise<T> => new Promise<T>(() => undefined)
    /** Whether the panel is still there. */
    const step = (): boolean => {
      world.stepsLeft -= 1
      if (world.stepsLeft < 0) isDead = true
      return !isDead
    }
    const disk = createMemoryState(files)
    const state: StateStore = {
      read: (key) => disk.read(key),
      async write(key, value) {
        if (!step()) return dark()
        if (world.isDiskFull) throw new Error('ENOSPC')
        await disk.write(key, value)
        if (!step()) return dark()
      },
    }
    const time = createServerTime(clock)
    const journal = createActionJournal(state, time, log)
    let vendorIds = 0

    /** A lost race is refused, as platforms do. What the panel had read or made itself it must not ask for: it gets it. */
    function isOvertaken(wanted: Wanted): boolean {
      const inTheWay = overlapping(wanted, wanted.id)
      const isNews = ({ id }: Meeting): boolean => world.byOthers.has(id) && !world.seen.has(id)
      return inTheWay.length > 0 && inTheWay.every(isNews)
    }

    function doLater(wanted: Wanted | null, change: () => Occurrence | null): void {
      clock.schedule(LATE_MS, () => {
        if (wanted && overlapping(wanted, wanted.id).length > 0) return
        const made = change()
        if (made) world.byOthers.add(made.meetingId)
      })
    }

    async function write(
      pressId: string,
      wanted: Wanted | null,
      change: () => Occurrence | null,
      signal: AbortSignal,
    ) {
      if (!step()) return dark<WriteOutcome>()
      if (world.mood === 'refusing') return world.refusal
      if (world.mood === 'throwing') throw new TypeError('SENTINEL')
      if (world.mood === 'hanging') {
        return new Promise<WriteOutcome>((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error))
        })
      }
      const wasKnown = world.snapshot !== null && clock.now() < world.snapshot.freshness.unknownAtMs
      world.sent.push({ pressId, wasKnown })
      world.beforeWrite?.()
      if (wanted && isOvertaken(wanted)) return { kind: 'refused', reason: 'taken' } as const
      const lost = { kind: 'unclear', error: new ProviderError('network', 'lost') } as const
      if (world.mood === 'late') {
        doLater(wanted, change)
        return lost
      }
      const occurrence = change()
      if (!step()) return dark<WriteOutcome>()
      return world.mood === 'silent' ? lost : ({ kind: 'done', occurrence } as const)
    }

    function addBooking(startMs: number, endMs: number): Occurrence {
      vendorIds += 1
      const id = `b${clock.now()}-${world.sent.length}-${vendorIds}`
      world.calendar.push({ ...meetingAt(0, 1), id, startMs, endMs, title: null, isPrivate: true })
      return { meetingId: id, startMs, endMs }
    }

    const actions: RoomActions = {
      book: (_room, request, signal) =>
        write(
          request.pressId,
          { fromMs: request.startMs, untilMs: request.endMs },
          () => addBooking(request.startMs, request.endMs),
          signal,
        ),
      extend: (_room, occurrence, { untilMs, pressId }, signal) =>
        write(
          pressId,
          { fromMs: occurrence.endMs, untilMs, id: occurrence.meetingId },
          () => {
            if (world.booksExtensions) return addBooking(occurrence.endMs, untilMs)
            world.calendar = world.calendar.map((one) =>
              one.id === occurrence.meetingId ? { ...one, endMs: untilMs } : one,
            )
            return { ...occurrence, endMs: untilMs }
          },
          signal,
        ),
      end: (_room, occurrence, _reason, signal) =>
        write(
          `end ${occurrence.meetingId}`,
          null,
          () => {
            world.ended.push(occurrence)
            world.calendar = world.calendar.filter(({ id }) => id !== occurrence.meetingId)
            return null
          },
          signal,
        ),
    }

    const door = createActions({
      clock,
      log,
      time,
      settings: settings.ok ? settings.settings : (undefined as never),
      pins: {
        check(pin) {
          world.pinChecks += 1
          return pin === RIGHT_PIN
            ? Promise.resolve({ kind: 'right' })
            : Promise.resolve({ kind: 'wrong', waitMs: 30_000 })
        },
      },
      site: {
        snapshot: () => world.snapshot,
        async readRoom() {
          world.reads += 1
          if (!step()) return dark<RoomReread>()
          await Promise.resolve()
          if (world.reread.kind === 'read') {
            world.refresh()
            const meetings = journal.markOwn(ROOM, world.calendar)
            world.snapshot = world.snapshot && { ...world.snapshot, meetings }
          }
          return world.reread
        },
        hasBudget: () => world.hasBudget,
      },
      provider: { actions, capabilities: fresh().capabilities },
      journal,
      checkIns: {
        checkIn: () => Promise.resolve({ kind: 'refused', reason: 'off' }),
        noteShown: () => undefined,
        noteExtension(_room, occurrence) {
          world.extensions.push(occurrence)
          return Promise.resolve()
        },
      },
    })
    return { door, journal, isDead: () => isDead }
  }

  world.snapshot = fresh()
  return world
}

/** Whether two bookings of a calendar stand on each other. */
export function hasOverlap(calendar: readonly Meeting[]): boolean {
  const ranges = calendar.flatMap((one) => occupiedRange(one) ?? [])
  return ranges.some((a, index) =>
    ranges.some((b, other) => index < other && a.fromMs < b.untilMs && b.fromMs < a.untilMs),
  )
}
