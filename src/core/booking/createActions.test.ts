import { describe, expect, it } from 'vitest'
import { actionRefusals } from '../../shared/domain/action.ts'
import type { ActionOutcome } from '../../shared/domain/action.ts'
import { MINUTE_MS } from '../../shared/domain/duration.ts'
import { providerErrorKinds } from '../../shared/domain/providerErrorKind.ts'
import { meetingAt, MONDAY_10_MS } from '../../shared/domain/testing/fixtures.ts'
import { ProviderError } from '../providers/ProviderError.ts'
import { refusedBy } from '../providers/writes/refusal.ts'
import { settle } from '../testing/fakeClock.ts'
import { countBadPresses } from './testing/playPresses.ts'
import { openActionWorld, RIGHT_PIN, ROOM } from './testing/openActionWorld.ts'

const press = (number: number): string => `00000000-0000-4000-8000-00000000000${number}`
const booking = (number: number, more: Record<string, unknown> = {}) => ({
  roomId: ROOM,
  startMs: null,
  minutes: 30,
  pin: null,
  pressId: press(number),
  ...more,
})
const running = meetingAt(-20, 10, { id: 'run' })
const own = { roomId: ROOM, meetingId: 'run', pin: null }

describe('a press', () => {
  it('books what was offered, answers what the calendar says and knows the booking as its own', async () => {
    const world = openActionWorld()
    const { door } = world.live()
    const outcome = await door.book(booking(1))
    expect(outcome).toMatchObject({
      kind: 'done',
      meeting: { startMs: MONDAY_10_MS, endMs: MONDAY_10_MS + 30 * MINUTE_MS },
    })
    expect(world.snapshot?.meetings).toMatchObject([{ isOwn: true, isPrivate: false, title: '现场预订' }])
  })

  it('sent again answers the same and books once, also after a restart', async () => {
    const world = openActionWorld()
    const first = world.live()
    const outcome = await first.door.book(booking(1))
    expect(await first.door.book(booking(1))).toEqual(outcome)
    const second = world.live()
    await second.journal.load()
    expect(await second.door.book(booking(1))).toEqual(outcome)
    expect(world.sent).toHaveLength(1)
    expect(second.journal.markOwn(ROOM, world.calendar)).toMatchObject([{ isOwn: true, title: '现场预订' }])
  })

  it('joins its own first run, while another press in the room has to wait', async () => {
    const world = openActionWorld()
    const { door } = world.live()
    const outcomes = await Promise.all([
      door.book(booking(1)),
      door.book(booking(1)),
      door.book(booking(2)),
      door.end({ ...own, pressId: press(1) }),
    ])
    expect(outcomes[1]).toEqual(outcomes[0])
    expect(outcomes[2]).toEqual({ kind: 'refused', reason: 'throttled' })
    expect(outcomes[3]).toEqual({ kind: 'refused', reason: 'throttled' })
    expect(world.sent).toHaveLength(1)
  })

  it('whose id belongs to another button does nothing', async () => {
    const world = openActionWorld({}, [running])
    const { door } = world.live()
    await door.extend({ ...own, minutes: 15, pressId: press(1) })
    expect(await door.end({ ...own, pressId: press(1) })).toEqual({ kind: 'refused', reason: 'failed' })
    expect(world.calendar).toHaveLength(1)
  })

  it('reads a plan that is some seconds old before it decides, and loses to who was faster', async () => {
    const world = openActionWorld()
    const { door } = world.live()
    await world.clock.advance(6_000)
    world.calendar.push(meetingAt(0, 30, { id: 'faster' }))
    expect(await door.book(booking(1))).toEqual({ kind: 'refused', reason: 'taken' })
    expect(world.reads).toBe(1)
    expect(world.sent).toEqual([])
  })

  it('does not read again what was read a moment ago', async () => {
    const world = openActionWorld()
    const { door } = world.live()
    await world.clock.advance(1_000)
    world.refresh()
    await door.book(booking(1))
    // The one after the write.
    expect(world.reads).toBe(1)
  })

  it('reads again what was read before a write of its own, or by an earlier life', async () => {
    const world = openActionWorld()
    const first = world.live()
    world.mood = 'silent'
    await first.door.book(booking(1))
    world.reread = { kind: 'failed', error: new ProviderError('server', '') }
    expect((await first.door.book(booking(2))).kind).toBe('refused')
    expect((await world.live().door.book(booking(3))).kind).toBe('refused')
    expect(world.sent).toHaveLength(1)
  })

  it.each([
    ['budget', { kind: 'budget' }, 'quota'],
    ['network', { kind: 'failed', error: new ProviderError('network', 'x') }, 'offline'],
    ['rate', { kind: 'failed', error: new ProviderError('rateLimited', 'x') }, 'throttled'],
  ] as const)('is refused where the room cannot be read first: %s', async (_name, reread, reason) => {
    const world = openActionWorld()
    const { door } = world.live()
    await world.clock.advance(6_000)
    world.reread = reread
    expect(await door.book(booking(1))).toEqual({ kind: 'refused', reason })
    expect(world.sent).toEqual([])
  })

  // Only a spent month may be called a spent month: the reads are held back for other reasons, too.
  it.each([
    ['rateLimited', 'throttled'],
    ['permission', 'permission'],
    ['auth', 'failed'],
    ['quota', 'quota'],
  ] as const)('is refused with the reason reads are held back for: %s', async (kind, reason) => {
    const world = openActionWorld()
    const { door } = world.live()
    await world.clock.advance(6_000)
    if (world.snapshot) {
      const sinceMs = world.clock.now()
      world.snapshot = { ...world.snapshot, health: { kind: 'stale', sinceMs, reason: kind } }
    }
    world.reread = { kind: 'budget' }
    expect(await door.book(booking(1))).toEqual({ kind: 'refused', reason })
    expect(world.sent).toEqual([])
  })

  it('is refused for want of calls before anything is asked', async () => {
    const world = openActionWorld()
    world.hasBudget = false
    expect(await world.live().door.book(booking(1))).toEqual({ kind: 'refused', reason: 'quota' })
    expect(world.reads).toBe(0)
  })

  it('is refused where it cannot be put on disk first, and may then be tried again', async () => {
    const world = openActionWorld()
    const { door } = world.live()
    world.isDiskFull = true
    expect(await door.book(booking(1))).toEqual({ kind: 'refused', reason: 'failed' })
    expect(world.sent).toEqual([])
    world.isDiskFull = false
    expect((await door.book(booking(1))).kind).toBe('done')
  })

  it('extends and ends the running meeting', async () => {
    const world = openActionWorld({}, [running])
    const { door } = world.live()
    expect(await door.extend({ ...own, minutes: 15, pressId: press(1) })).toEqual({
      kind: 'done',
      meeting: { id: 'run', startMs: running.startMs, endMs: running.endMs + 15 * MINUTE_MS },
    })
    expect(await door.end({ ...own, pressId: press(2) })).toEqual({ kind: 'done', meeting: null })
    expect(world.calendar).toEqual([])
  })

  it('tells check-ins of an extension that is a booking of its own: its people are in the room', async () => {
    const world = openActionWorld({}, [running])
    world.booksExtensions = true
    const { door } = world.live()
    await door.extend({ ...own, minutes: 15, pressId: press(1) })
    expect(world.extensions).toMatchObject([{ startMs: running.endMs }])
    await door.end({ ...own, pressId: press(2) })
    await door.book(booking(3))
    expect(world.extensions).toHaveLength(1)
  })

  it('tells the platform after a restart, too, what this door booked: an extension goes with its meeting', async () => {
    const world = openActionWorld({}, [running])
    world.booksExtensions = true
    await world.live().door.extend({ ...own, minutes: 15, pressId: press(1) })
    const second = world.live()
    await second.journal.load()
    expect((await second.door.end({ ...own, pressId: press(2) })).kind).toBe('done')
    expect(world.ended).toMatchObject([{ isOwn: true, startMs: running.endMs }, { meetingId: 'run' }])
    expect(world.ended[1]).not.toHaveProperty('isOwn')
    expect(world.calendar).toEqual([])
  })

  it('that nobody answers is given up after its deadline and never sent again', async () => {
    const world = openActionWorld()
    const { door } = world.live()
    world.mood = 'hanging'
    const outcome = door.book(booking(1))
    await world.clock.advance(40_000)
    expect(await outcome).toEqual({ kind: 'refused', reason: 'offline' })
    world.mood = 'willing'
    expect(await door.book(booking(1))).toEqual({ kind: 'refused', reason: 'offline' })
    expect(world.sent).toEqual([])
  })

  it('is unclear where the provider breaks its contract; its message stays out of the log', async () => {
    const world = openActionWorld()
    world.mood = 'throwing'
    expect(await world.live().door.book(booking(1))).toEqual({ kind: 'unclear' })
    expect(world.log.text()).not.toContain('SENTINEL')
  })

  it('works on a record nobody can read, which is set aside and said, not wiped', async () => {
    const world = openActionWorld()
    world.files.set('actions', '{"presses":"?"}')
    const { door, journal } = world.live()
    await journal.load()
    expect(world.files.get('actions.damaged')).toContain('"?"')
    expect(world.log.text()).toContain('set aside')
    expect((await door.book(booking(1))).kind).toBe('done')
  })

  it('on its way is on record before a stop returns', async () => {
    const world = openActionWorld()
    const { door } = world.live()
    world.mood = 'hanging'
    const outcome = door.book(booking(1))
    await settle()
    await door.stop()
    expect(await outcome).toEqual({ kind: 'refused', reason: 'offline' })
    expect([...world.files.values()].join('')).toContain('offline')
  })
})

describe('who may', () => {
  const guarded = { actions: { book: 'pin', end: 'off' } }

  it('asks for the PIN in the core, and only where the settings say so', async () => {
    const world = openActionWorld(guarded, [running])
    const { door } = world.live()
    world.calendar = []
    world.snapshot = null
    expect(await door.book(booking(1))).toEqual({ kind: 'refused', reason: 'pin' })
    expect(await door.book(booking(1, { pin: '000000' }))).toEqual({
      kind: 'refused',
      reason: 'wrongPin',
      waitMs: 30_000,
    })
    expect(await door.end({ ...own, pin: RIGHT_PIN, pressId: press(2) })).toEqual({
      kind: 'refused',
      reason: 'off',
    })
    expect(world.pinChecks).toBe(1)
    expect(await door.checkIn({ ...own, pin: RIGHT_PIN })).toEqual({ kind: 'refused', reason: 'off' })
  })

  it('lets the same press through once its PIN is right', async () => {
    const { door } = openActionWorld(guarded).live()
    await door.book(booking(1))
    expect((await door.book(booking(1, { pin: RIGHT_PIN }))).kind).toBe('done')
  })
})

describe('what leaves', () => {
  const seen = (outcome: ActionOutcome): string => JSON.stringify(outcome)

  it.each(providerErrorKinds)('a vendor’s %s is one of our refusals, without its code', async (kind) => {
    const world = openActionWorld()
    const error = new ProviderError(kind, 'SENTINEL', { vendorCode: 'SENTINEL' })
    world.mood = 'refusing'
    world.refusal = refusedBy(error)
    const outcome = await world.live().door.book(booking(1))
    expect(actionRefusals).toContain(outcome.kind === 'refused' ? outcome.reason : null)
    expect(seen(outcome)).not.toContain('SENTINEL')
    await world.clock.advance(6_000)
    world.reread = { kind: 'failed', error }
    const unread = await world.live().door.book(booking(2))
    expect(actionRefusals).toContain(unread.kind === 'refused' ? unread.reason : null)
    expect(seen(unread)).not.toContain('SENTINEL')
  })

  it.each(actionRefusals)('the refusal %s crosses unchanged and survives the disk', async (reason) => {
    const world = openActionWorld()
    world.mood = 'refusing'
    world.refusal = { kind: 'refused', reason }
    expect(await world.live().door.book(booking(1))).toEqual({ kind: 'refused', reason })
    const next = world.live()
    await next.journal.load()
    expect(await next.door.book(booking(1))).toEqual({ kind: 'refused', reason })
  })
})

describe('whatever happens in between', () => {
  it('books no time twice, sends no press twice, none on an unknown plan or without its PIN; and says what is true', async () => {
    const { faults, writes, cuts, races } = await countBadPresses(2_000, 20_261_123)
    expect(faults).toEqual([])
    // Or the run above proved nothing.
    expect(writes).toBeGreaterThan(1_000)
    expect(Math.min(cuts, races)).toBeGreaterThan(200)
  }, 60_000)
})
