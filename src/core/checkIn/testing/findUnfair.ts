import { MINUTE_MS } from '../../../shared/domain/duration.ts'
import { doOverlap, READ_EVERY_MS, simulatedRules } from './playHistory.ts'
import type { Chronicle } from './playHistory.ts'

/** A look every 15 s and one second of the clock: what nobody can see. */
const BLIND_MS = 20_000

type Call = Chronicle['calls'][number]

function gapsOf(notes: readonly number[], fromMs: number, untilMs: number): number {
  const inside = notes.filter((atMs) => atMs >= fromMs - 1_000 && atMs <= untilMs)
  return Math.max(...[...inside, untilMs].map((atMs, index) => atMs - (inside[index - 1] ?? fromMs)))
}

/** How far the clock was from where it stood when the window opened, at its worst. */
function worstJump({ jumps }: Chronicle, fromMs: number, untilMs: number): number {
  return Math.max(
    0,
    ...jumps
      .filter(({ atMs }) => atMs > fromMs + BLIND_MS && atMs < untilMs)
      .map(({ byMs }) => Math.abs(byMs)),
  )
}

/** Why one call was not fair, by what really happened; empty where it was. */
function faultsOf(call: Call, told: Chronicle): readonly string[] {
  const { meeting, real, atMs, others } = call
  const { opensBeforeMs, closesAfterMs } = simulatedRules.checkIn
  const fromMs = meeting.startMs - opensBeforeMs
  const untilMs = Math.min(meeting.startMs + closesAfterMs, meeting.endMs)
  const notes = told.notes.filter(({ meetingId }) => meetingId === meeting.id).map((one) => one.atMs)
  const checkedInMs = told.checkedIn.get(real.group)
  const isAlive = told.lives.some((one) => one.fromMs <= fromMs + BLIND_MS && one.untilMs >= atMs)
  const shiftMs = told.jumps.filter((one) => one.atMs <= untilMs).at(-1)?.shiftMs ?? 0
  const outMs = Math.max(
    0,
    ...told.outages.map((one) => Math.min(one.untilMs, untilMs) - Math.max(one.fromMs, fromMs)),
  )
  const checks: Readonly<Record<string, boolean>> = {
    'its people were checked in': checkedInMs !== undefined && checkedInMs <= atMs,
    'the platform had its people checked in':
      (told.checkedInThere.get(meeting.id) ?? Infinity) < atMs - 1_000,
    'somebody pressed': told.pressedInVain.some(
      ({ group, life }) => group === real.group && life === call.life,
    ),
    'window open': atMs < untilMs - 1_000,
    'too late': atMs > untilMs + 5 * MINUTE_MS,
    over: atMs >= meeting.endMs,
    'panel not on': !isAlive,
    'screen dark': gapsOf(notes, fromMs, untilMs) > MINUTE_MS + BLIND_MS,
    'clock jumped': worstJump(told, fromMs, untilMs) > 10_000 + 1_000,
    'clock off': Math.abs(shiftMs) > MINUTE_MS,
    offline: outMs > READ_EVERY_MS + BLIND_MS,
    'booked late': real.bookedAtMs > meeting.startMs - 30 * MINUTE_MS,
    'all day or long': meeting.isAllDay || meeting.endMs - meeting.startMs >= 240 * MINUTE_MS,
    'not confirmed': meeting.state !== 'confirmed',
    series: meeting.isRecurring,
    own: meeting.isOwn,
    overlap: others.some((one) => one.bookedAtMs < untilMs && doOverlap(one.meeting, meeting)),
  }
  return Object.entries(checks).flatMap(([name, isSo]) => (isSo ? [`${meeting.id}: ${name}`] : []))
}

const repeated = (keys: readonly string[]): readonly string[] =>
  keys.filter((key, index) => keys.indexOf(key) !== index).map((key) => `${key}: called twice`)

/**
 * Everything in a chronicle that must never be. The oracle reads what happened, never the journal: that is looked at
 * only for whether the disk had what was said or sent.
 */
export function findUnfair(told: Chronicle): readonly string[] {
  const twice = [
    ...repeated(told.calls.map(({ real, meeting }) => `${real.group} ${meeting.startMs}`)),
    ...repeated(told.calls.map(({ meeting }) => meeting.id)),
  ]
  const thanks = told.falseThanks.map((id) => `${id}: somebody else's check-in`)
  return [...told.calls.flatMap((call) => faultsOf(call, told)), ...twice, ...thanks, ...told.tooSoon]
}
