import { expect } from 'vitest'
import type { ActionRefusal } from '../../../shared/domain/action.ts'
import type { Meeting } from '../../../shared/domain/meeting.ts'
import { createZone, dayRange } from '../../../shared/domain/zonedTime.ts'
import type { EndReason, Occurrence, RoomActions, WriteOutcome } from '../RoomActions.ts'
import type { RoomRef, SiteProvider } from '../SiteProvider.ts'
import type { ActionWorld } from './ActionWorld.ts'
import type { CalendarRow } from './calendarControl.ts'
import { createWire } from './createWire.ts'
import { exposedText } from './exposedText.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const never = new AbortController().signal
const zone = createZone('Asia/Shanghai')

/** A press at the door. */
export type Press<Source> = (actions: RoomActions<Source>, signal: AbortSignal) => Promise<WriteOutcome>

/** What a case plays on: a world, the wire to it, bystanders in every room, and the check that they stay as they are. */
export type Stage<Source> = Awaited<ReturnType<typeof openStage<Source>>>

/** @param world fresh, at ten in the morning */
export async function openStage<Source>(world: ActionWorld<Source>) {
  const { calendar, rooms } = world
  const [room, other] = rooms
  const wire = createWire(world.vendor.http, (method, path) => world.changesRoom(method, path))
  const provider: SiteProvider<Source> = world.provider(wire)
  const thrown: unknown[] = []
  /** Keys of what others did meanwhile. */
  const byOthers = new Set<string>()
  let presses = 0

  const at = (hours: number): number => dayRange(zone, world.clock.now()).fromMs + hours * HOUR
  const span = (from: number, until: number) => ({ fromMs: at(from), untilMs: at(until) })
  const newPress = () => `00000000-0000-4000-8000-${String((presses += 1)).padStart(12, '0')}`

  function actions(): RoomActions<Source> {
    if (!provider.actions) throw new Error('the provider has no actions')
    return provider.actions
  }

  const isSame = (one: CalendarRow, another: CalendarRow | undefined): boolean =>
    another?.room === one.room && another.fromMs === one.fromMs && another.untilMs === one.untilMs

  /**
   * Presses, and holds every write to what all of them promise: at most one change of a room leaves, no booking but the
   * one it was about is touched, a refusal changes nothing and leaves nothing behind.
   * @param touches keys of the bookings the press is about
   */
  async function press(run: Press<Source>, touches: readonly string[] = [], signal = never) {
    const before = await calendar.rows()
    const loose = await calendar.looseEntries()
    wire.restart()
    const outcome = await run(actions(), signal).catch((error: unknown) => {
      thrown.push(error)
      throw error
    })
    if ('error' in outcome) thrown.push(outcome.error)
    const after = await calendar.rows()
    expect(wire.changes(), 'changes sent').toBeLessThanOrEqual(1)
    const isSettled = outcome.kind === 'refused'
    for (const row of before) {
      if (byOthers.has(row.key) || (!isSettled && touches.includes(row.key))) continue
      const present = after.find(({ key }) => key === row.key)
      expect(isSame(row, present), `bystander ${row.key}`).toBe(true)
    }
    const known = new Set([...before.map(({ key }) => key), ...byOthers])
    const made = after.filter(({ key }) => !known.has(key))
    expect(made.length, 'bookings made').toBeLessThanOrEqual(isSettled ? 0 : 1)
    if (isSettled) expect(await calendar.looseEntries(), 'entries without a room').toBeLessThanOrEqual(loose)
    return outcome
  }

  async function meetingsOf(where: RoomRef<Source> = room): Promise<readonly Meeting[]> {
    const reading = (await provider.listMeetings(rooms, span(0, 24), never)).get(where.id)
    if (reading?.kind !== 'read') throw new Error(`not read: ${String(reading?.error.message)}`)
    return reading.meetings
  }

  /** The meeting of the room that begins then, as the panel would know it. */
  async function occurrenceAt(hour: number): Promise<Occurrence> {
    const meeting = (await meetingsOf()).find(({ startMs }) => startMs === at(hour))
    if (!meeting) throw new Error(`no meeting at ${hour}`)
    return { meetingId: meeting.id, startMs: meeting.startMs, endMs: meeting.endMs }
  }

  async function keyAt(hour: number): Promise<string> {
    const row = (await calendar.rows(room)).find(({ fromMs }) => fromMs === at(hour))
    if (!row) throw new Error(`no booking at ${hour}`)
    return row.key
  }

  const bookPress =
    (from: number, until: number): Press<Source> =>
    (one, signal) =>
      one.book(room, { startMs: at(from), endMs: at(until), title: world.title, pressId: newPress() }, signal)
  const extendPress =
    (occurrence: Occurrence, until: number): Press<Source> =>
    (one, signal) =>
      one.extend(room, occurrence, { untilMs: at(until), title: world.title, pressId: newPress() }, signal)
  const endPress =
    (occurrence: Occurrence, reason: EndReason = 'endedEarly'): Press<Source> =>
    (one, signal) =>
      one.end(room, occurrence, reason, signal)

  /** Books at the door. @returns the meeting and its key */
  async function ownMeeting(from: number, until: number) {
    const outcome = await press(bookPress(from, until))
    expect(outcome.kind).toBe('done')
    wire.restart()
    return { occurrence: await occurrenceAt(from), key: await keyAt(from) }
  }

  /** Somebody else, now. */
  async function somebodyBooks(from: number, until: number): Promise<string> {
    const key = await calendar.bookAsPerson(room, span(from, until))
    byOthers.add(key)
    return key
  }

  /** Hours the room is taken, touching ones joined. */
  async function taken(where: RoomRef<Source> = room): Promise<readonly string[]> {
    const joined: [number, number][] = []
    for (const { fromMs, untilMs } of [...(await calendar.rows(where))].sort((a, b) => a.fromMs - b.fromMs)) {
      const last = joined.at(-1)
      if (last && fromMs <= last[1]) last[1] = Math.max(last[1], untilMs)
      else joined.push([fromMs, untilMs])
    }
    return joined.map(([from, until]) => `${(from - at(0)) / HOUR}-${(until - at(0)) / HOUR}`)
  }

  function check(): void {
    const spoken = `${thrown.map(exposedText).join('\n')}\n${world.log.text()}`
    for (const sentinel of world.sentinels()) expect(spoken).not.toContain(sentinel)
  }

  await calendar.bookAsPerson(room, span(16, 17))
  await calendar.bookAsPerson(other, span(9, 18))
  return {
    world,
    room,
    wire,
    provider,
    calendar,
    at,
    span,
    byOthers,
    newPress,
    press,
    bookPress,
    extendPress,
    endPress,
    ownMeeting,
    somebodyBooks,
    meetingsOf,
    occurrenceAt,
    keyAt,
    taken,
    check,
  }
}

/** A refusal's reason, or how else it came out. */
export const reasonOf = (outcome: WriteOutcome): ActionRefusal | 'done' | 'unclear' =>
  outcome.kind === 'refused' ? outcome.reason : outcome.kind
