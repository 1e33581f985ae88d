import fc from 'fast-check'
import type { ActionOutcome } from '../../../shared/domain/action.ts'
import { MINUTE_MS } from '../../../shared/domain/duration.ts'
import { meetingAt, MONDAY_10_MS } from '../../../shared/domain/testing/fixtures.ts'
import { ProviderError } from '../../providers/ProviderError.ts'
import { settle } from '../../testing/fakeClock.ts'
import { hasOverlap, openActionWorld, RIGHT_PIN, ROOM } from './openActionWorld.ts'
import type { VendorMood } from './openActionWorld.ts'

const SLOT_MS = 15 * MINUTE_MS

/** One press, and what stands in its way. */
interface Step {
  readonly pressNumber: number
  readonly button: 'book' | 'extend' | 'end'
  readonly pin: string | null
  /** Quarters of an hour from ten o'clock; null for now. */
  readonly slot: number | null
  readonly mood: VendorMood
  readonly canRead: boolean
  readonly isDiskFull: boolean
  /** Steps of the panel until its power goes; null: it stays. */
  readonly powerCutAfter: number | null
  readonly waitMs: number
  readonly isTwice: boolean
  /** Somebody else books: before the panel looks, or just before the vendor hears of the press. */
  readonly other: { readonly when: 'before' | 'between'; readonly slot: number } | null
}

/** Presses at one door, one after the other. */
export interface PressHistory {
  readonly booksExtensions: boolean
  readonly steps: readonly Step[]
}

const step: fc.Arbitrary<Step> = fc.record({
  pressNumber: fc.integer({ min: 1, max: 9 }),
  button: fc.constantFrom('book' as const, 'book' as const, 'extend' as const, 'end' as const),
  pin: fc.constantFrom(RIGHT_PIN, RIGHT_PIN, RIGHT_PIN, null, '000000'),
  slot: fc.option(fc.integer({ min: 0, max: 12 }), { freq: 2 }),
  mood: fc.constantFrom<VendorMood>(
    'willing',
    'willing',
    'willing',
    'silent',
    'late',
    'refusing',
    'throwing',
  ),
  canRead: fc.constantFrom(true, true, true, false),
  isDiskFull: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
  powerCutAfter: fc.option(fc.integer({ min: 0, max: 8 }), { freq: 2 }),
  waitMs: fc.constantFrom(0, 1_000, 4_000, 20 * MINUTE_MS),
  isTwice: fc.boolean(),
  other: fc.option(
    fc.record({
      when: fc.constantFrom('before' as const, 'between' as const),
      slot: fc.integer({ min: 0, max: 12 }),
    }),
    { freq: 2 },
  ),
})

/** Random presses: repeated, overtaken, unanswered, answered late, with full disks and power cuts. */
export const pressHistories: fc.Arbitrary<PressHistory> = fc.record({
  booksExtensions: fc.boolean(),
  steps: fc.array(step, { minLength: 3, maxLength: 16 }),
})

/** What became of a history. */
export interface PressChronicle {
  /** What must never be. */
  readonly faults: readonly string[]
  readonly writes: number
  readonly cuts: number
  /** Writes somebody else was faster than. */
  readonly races: number
}

type ActionWorld = ReturnType<typeof openActionWorld>

/** Somebody books where the calendar has room. */
function bookAsOther(world: ActionWorld, slot: number): boolean {
  const fromMs = MONDAY_10_MS + slot * SLOT_MS
  if (world.overlapping({ fromMs, untilMs: fromMs + SLOT_MS }).length > 0) return false
  const id = `other-${world.byOthers.size}-${slot}`
  world.byOthers.add(id)
  world.calendar.push(meetingAt(slot * 15, slot * 15 + 15, { id }))
  return true
}

/** Whether a press that was told "done" is what the calendar has. */
function isTrue(world: ActionWorld, outcome: ActionOutcome): boolean {
  if (outcome.kind !== 'done' || outcome.meeting === null) return true
  const { id, startMs, endMs } = outcome.meeting
  return world.calendar.some((one) => one.id === id && one.startMs === startMs && one.endMs === endMs)
}

function prepare(world: ActionWorld, one: Step): { races: number } {
  const met = { races: 0 }
  world.mood = one.mood
  world.isDiskFull = one.isDiskFull
  world.reread = one.canRead
    ? { kind: 'read' }
    : { kind: 'failed', error: new ProviderError('server', 'down') }
  world.stepsLeft = one.powerCutAfter ?? Infinity
  const { other } = one
  if (other?.when === 'before') bookAsOther(world, other.slot)
  world.beforeWrite =
    other?.when === 'between' ? () => (met.races += bookAsOther(world, other.slot) ? 1 : 0) : null
  return met
}

function push(panel: ReturnType<ActionWorld['live']>, world: ActionWorld, one: Step): Promise<ActionOutcome> {
  const { door } = panel
  const pressId = `00000000-0000-4000-8000-00000000000${one.pressNumber}`
  const meetingId = world.calendar[one.pressNumber % Math.max(1, world.calendar.length)]?.id ?? 'none'
  const common = { roomId: ROOM, pressId }
  if (one.button === 'extend') return door.extend({ ...common, meetingId, minutes: 15, pin: null })
  if (one.button === 'end') return door.end({ ...common, meetingId, pin: null })
  const startMs = one.slot === null ? null : MONDAY_10_MS + one.slot * SLOT_MS
  return door.book({ ...common, startMs, minutes: 30, pin: one.pin })
}

/** Lives through a history with the real actions, at a vendor that keeps its own books. */
export async function playPresses({ booksExtensions, steps }: PressHistory): Promise<PressChronicle> {
  const world = openActionWorld({ actions: { book: 'pin' } })
  world.booksExtensions = booksExtensions
  const faults: string[] = []
  let panel = world.live()
  let cuts = 0
  let races = 0
  for (const [index, one] of steps.entries()) {
    await world.clock.advance(one.waitMs)
    const met = prepare(world, one)
    const before = world.sent.length
    const outcomes: ActionOutcome[] = []
    for (let times = one.isTwice ? 2 : 1; times > 0; times -= 1)
      void push(panel, world, one).then((outcome) => outcomes.push(outcome))
    await settle()
    await settle()
    races += met.races
    const isSent = world.sent.length > before
    if (one.button === 'book' && one.pin !== RIGHT_PIN && isSent)
      faults.push(`${index}: sent without the PIN`)
    // An older press answers what was true then.
    if (isSent && !outcomes.every((outcome) => isTrue(world, outcome))) faults.push(`${index}: not so`)
    if (!panel.isDead()) continue
    cuts += 1
    world.isDiskFull = false
    world.stepsLeft = Infinity
    panel = world.live()
    await panel.journal.load()
  }
  const pressed = world.sent.map(({ pressId }) => pressId).filter((id) => !id.startsWith('end'))
  if (new Set(pressed).size < pressed.length) faults.push('a press was sent twice')
  if (!world.sent.every(({ wasKnown }) => wasKnown)) faults.push('sent on an unknown plan')
  if (hasOverlap(world.calendar)) faults.push('a time was booked twice')
  return { faults, writes: pressed.length, cuts, races }
}

/** Plays random histories. @returns what was wrong in them, with the first few of them to look into */
export async function countBadPresses(runs: number, seed: number): Promise<PressChronicle> {
  const faults: string[] = []
  const total = { writes: 0, cuts: 0, races: 0 }
  await fc.assert(
    fc.asyncProperty(pressHistories, async (history) => {
      const told = await playPresses(history)
      total.writes += told.writes
      total.cuts += told.cuts
      total.races += told.races
      if (told.faults.length > 0) faults.push(`${told.faults.join(', ')} in ${JSON.stringify(history)}`)
    }),
    { numRuns: runs, seed },
  )
  return { ...total, faults }
}
