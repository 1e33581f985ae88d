import type { ActionName, ActionOutcome, ActionRefusal } from '../../shared/domain/action.ts'
import { noActions } from '../../shared/domain/booking.ts'
import { occupiedRange } from '../../shared/domain/meeting.ts'
import { isPlanKnown } from '../../shared/domain/offer.ts'
import type { RoomId } from '../../shared/domain/room.ts'
import type { RoomSnapshot } from '../../shared/domain/roomSnapshot.ts'
import { createZone } from '../../shared/domain/zonedTime.ts'
import type { RoomSettings } from '../../shared/settings/schema.ts'
import { settingsOfRoom } from '../../shared/settings/sections.ts'
import type { SiteSettings, ViewSettings } from '../../shared/settings/sections.ts'
import type { CorePorts } from '../ports/CorePorts.ts'
import type { WriteOutcome } from '../providers/RoomActions.ts'
import type { SiteProvider } from '../providers/SiteProvider.ts'
import { reasonFor } from '../providers/writes/refusal.ts'
import type { PinGuard } from '../settings/createPinGuard.ts'
import { actionAccessOf } from '../settings/panelConfig.ts'
import type { SiteAccess } from '../site/Site.ts'
import type { ServerTime } from '../time/createServerTime.ts'
import { createActionGuard } from './createActionGuard.ts'
import type { ActionJournal, OwnBooking, Press } from './createActionJournal.ts'
import { createPressCommands } from './createPressCommands.ts'
import type { PressCommand } from './createPressCommands.ts'
import { createWriter } from './createWriter.ts'
import type { CheckInDesk, DoorActions } from './DoorActions.ts'

type Source = RoomSettings['source']

/** What {@link createActions} works with. */
export interface ActionsDeps extends Pick<CorePorts, 'clock' | 'log'> {
  readonly settings: SiteSettings & ViewSettings
  readonly time: ServerTime
  readonly pins: Pick<PinGuard, 'check'>
  readonly site: Pick<SiteAccess, 'snapshot' | 'readRoom' | 'hasBudget'>
  readonly provider: Pick<SiteProvider<Source>, 'actions' | 'capabilities'>
  /** Loaded; outlives the settings in force. */
  readonly journal: ActionJournal
  /** Null where check-ins are not this panel's own. */
  readonly checkIns: CheckInDesk | null
}

/** A plan younger than this is decided on as it is. */
const FRESH_MS = 5_000

const refused = (reason: ActionRefusal): ActionOutcome => ({ kind: 'refused', reason })

/** What the calendar says of a write: the plan read after it where it has the meeting, else the platform's own word. */
function answerOf(
  written: Extract<WriteOutcome, { kind: 'done' }>,
  snapshot: RoomSnapshot | null,
): ActionOutcome {
  const { occurrence } = written
  if (occurrence === null) return { kind: 'done', meeting: null }
  const { meetingId: id, startMs, endMs } = occurrence
  const found = snapshot?.meetings.find((meeting) => meeting.id === id)
  if (!found) return { kind: 'done', meeting: { id, startMs, endMs } }
  const range = occupiedRange(found)
  return { kind: 'done', meeting: range && { id, startMs: range.fromMs, endMs: range.untilMs } }
}

/** See {@link DoorActions}. */
export function createActions(deps: ActionsDeps): DoorActions {
  const { settings, time, site, provider, journal, checkIns, log } = deps
  const titleOf = (roomId: RoomId): string => settingsOfRoom(settings, roomId).actions.title
  const zone = createZone(settings.timeZone)
  const guard = createActionGuard(deps.pins)
  const writer = createWriter(deps.clock, log)
  const flights = new Map<RoomId, { readonly press: Press; readonly outcome: Promise<ActionOutcome> }>()

  const startedAtMs = time.now()
  /** Where the last write ended; a plan read before, or by an earlier life, may lack what was written. */
  const wroteAtMs = new Map<RoomId, number>()

  const access = (roomId: RoomId) =>
    actionAccessOf(settingsOfRoom(settings, roomId), provider.capabilities.actions ?? noActions)
  const commands = createPressCommands({
    rulesOf: (roomId) => ({ zone, actions: access(roomId) }),
    titleOf,
    journal,
  })

  /** Reads the room unless it was read a moment ago. @returns what it decides on, or why it cannot */
  async function freshPlan(roomId: RoomId): Promise<RoomSnapshot | ActionRefusal> {
    const before = site.snapshot(roomId)
    if (!before) return 'unknown'
    const nowMs = time.now()
    const readAtMs = before.fetchedAtMs ?? -Infinity
    const isOurs = readAtMs > (wroteAtMs.get(roomId) ?? startedAtMs)
    const isFresh = isOurs && Math.abs(nowMs - readAtMs) <= FRESH_MS
    if (isFresh && before.health.kind === 'ok' && isPlanKnown(before, nowMs)) return before
    const reread = await site.readRoom(roomId, 'decide')
    if (reread.kind === 'failed') return reasonFor(reread.error.kind)
    // A throttle and an account that needs its admin hold reads back, too: the last failure names them.
    if (reread.kind === 'budget') return 'reason' in before.health ? reasonFor(before.health.reason) : 'quota'
    const after = site.snapshot(roomId)
    return after && isPlanKnown(after, time.now()) ? after : 'unknown'
  }

  function ownOf(
    press: Press,
    command: PressCommand,
    snapshot: RoomSnapshot,
    written: WriteOutcome,
  ): OwnBooking | null {
    const occurrence = written.kind === 'done' ? written.occurrence : null
    if (occurrence === null || !command.isOwn(snapshot, occurrence)) return null
    const { meetingId, startMs, endMs } = occurrence
    const extended = snapshot.meetings.find(({ id }) => id === command.meetingId)
    const extendsId = extended && startMs >= extended.endMs ? extended.id : null
    return { roomId: press.roomId, meetingId, endMs, title: titleOf(press.roomId), extendsId }
  }

  function logOutcome({ action, roomId }: Press, written: WriteOutcome): void {
    const fields = { action, room: roomId, outcome: written.kind }
    if (written.kind === 'done') {
      log.info('an action was done', fields)
      return
    }
    const reason = written.kind === 'refused' ? written.reason : undefined
    const { kind, details } = written.error ?? {}
    log.warn('an action was not done', { ...fields, reason, kind, vendorCode: details?.vendorCode })
  }

  async function act(press: Press, command: PressCommand): Promise<ActionOutcome> {
    const room = settings.rooms.find(({ id }) => id === press.roomId)
    const { actions } = provider
    if (!room || !actions) return refused('unsupported')
    if (!site.hasBudget()) return refused('quota')
    const snapshot = await freshPlan(press.roomId)
    if (typeof snapshot === 'string') return refused(snapshot)
    const offer = command.offer(snapshot, time.now())
    if (offer.kind === 'refused') return refused(offer.reason)
    try {
      // From here on a crash leaves the press on record: it is never sent again.
      if (!(await journal.begin(press))) return journal.outcomeOf(press) ?? { kind: 'unclear' }
    } catch {
      log.warn('an action was refused: it could not be put on disk first', { action: press.action })
      return refused('failed')
    }
    const target = { snapshot, range: offer }
    const written = await writer.run((signal) => command.write(actions, room, target, signal))
    wroteAtMs.set(press.roomId, time.now())
    logOutcome(press, written)
    const plain: ActionOutcome =
      written.kind === 'done'
        ? answerOf(written, null)
        : written.kind === 'refused'
          ? refused(written.reason)
          : { kind: 'unclear' }
    const own = ownOf(press, command, snapshot, written)
    await journal.settle(press.pressId, plain, own)
    if (own !== null && own.extendsId !== null && written.kind === 'done' && written.occurrence)
      await checkIns?.noteExtension(press.roomId, written.occurrence)
    // Also after a refusal: whoever was faster is on the screen then.
    const reread = await site.readRoom(press.roomId, 'verify')
    if (written.kind !== 'done' || reread.kind !== 'read') return plain
    return answerOf(written, site.snapshot(press.roomId))
  }

  async function run(press: Press, command: PressCommand): Promise<ActionOutcome> {
    try {
      return await act(press, command)
    } catch (error: unknown) {
      log.error('an action failed by a bug', { type: error instanceof Error ? error.name : typeof error })
      return journal.outcomeOf(press) ?? refused('failed')
    } finally {
      flights.delete(press.roomId)
    }
  }

  /** Guard, repeated presses, one at a time in a room. */
  async function start(
    action: ActionName,
    input: { readonly roomId: RoomId; readonly pin: string | null; readonly pressId: string },
    command: PressCommand,
  ): Promise<ActionOutcome> {
    const refusal = await guard(access(input.roomId)[action], input.pin)
    if (refusal) return refusal
    const press: Press = { action, roomId: input.roomId, pressId: input.pressId }
    const flight = flights.get(press.roomId)
    if (flight) {
      const isSame = flight.press.pressId === press.pressId && flight.press.action === action
      return isSame ? flight.outcome : refused('throttled')
    }
    const known = journal.outcomeOf(press)
    if (known) return known
    const outcome = run(press, command)
    flights.set(press.roomId, { press, outcome })
    return outcome
  }

  return {
    access,
    async checkIn({ roomId, meetingId, pin }) {
      const refusal = await guard(access(roomId).checkIn, pin)
      if (refusal) return refusal
      return checkIns === null ? refused('unsupported') : checkIns.checkIn(roomId, meetingId)
    },
    noteShown: ({ roomId, meetingId }) => checkIns?.noteShown(roomId, meetingId),
    book: (input) => start('book', input, commands.book(input)),
    extend: (input) => start('extend', input, commands.extend(input)),
    end: (input) => start('end', input, commands.end(input)),
    async stop() {
      writer.stop()
      await Promise.all([...flights.values()].map(({ outcome }) => outcome))
    },
  }
}
