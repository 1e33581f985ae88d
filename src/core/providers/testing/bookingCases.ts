import { describe, expect, it } from 'vitest'
import { reasonOf } from './openStage.ts'
import type { Stage } from './openStage.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** The bystander's booking of the stage. */
const OTHER = '16-17'

/** Booking. @param stage the one of the running case */
export function describeBooking<Source>(stage: () => Stage<Source>): void {
  describe('book', () => {
    it('a free room is booked in our name, and the outcome is what the calendar says', async () => {
      const { press, bookPress, meetingsOf, occurrenceAt, taken, wire, at } = stage()
      const outcome = await press(bookPress(11, 12))
      expect([reasonOf(outcome), wire.changes(), await taken()]).toEqual(['done', 1, ['11-12', OTHER]])
      expect(outcome).toEqual({ kind: 'done', occurrence: await occurrenceAt(11) })
      expect((await meetingsOf()).find(({ startMs }) => startMs === at(11))).toMatchObject({ isOwn: true })
    })

    it('a room’s meeting of now, its begin a moment ago', async () => {
      const { press, bookPress, taken } = stage()
      expect([reasonOf(await press(bookPress(10, 11))), await taken()]).toEqual(['done', ['10-11', OTHER]])
    })

    it('times off the grid: what stands there is told, not what was asked for', async () => {
      const { press, bookPress, calendar, room, at, world } = stage()
      const outcome = await press(bookPress(11 + 1 / 6, 11 + 5 / 6))
      const row = (await calendar.rows(room)).find(({ fromMs }) => fromMs < at(12))
      const stepMs = world.gridMinutes * MINUTE
      expect([row?.fromMs, row?.untilMs]).toEqual([
        Math.floor((at(11) + HOUR / 6) / stepMs) * stepMs,
        Math.ceil((at(11) + (HOUR * 5) / 6) / stepMs) * stepMs,
      ])
      expect(outcome).toMatchObject({
        kind: 'done',
        occurrence: { startMs: row?.fromMs, endMs: row?.untilMs },
      })
    })

    it('a room taken by somebody: refused before anything is sent', async () => {
      const { press, bookPress, wire, taken } = stage()
      expect(reasonOf(await press(bookPress(15.5, 16.5)))).toBe('taken')
      expect([wire.changes(), await taken()]).toEqual([0, [OTHER]])
    })

    it('a lost race: somebody was quicker by a moment', async () => {
      const { press, bookPress, somebodyBooks, wire, taken } = stage()
      wire.beforeChange(() => somebodyBooks(11.5, 12.5))
      expect([reasonOf(await press(bookPress(11, 12))), await taken()]).toEqual([
        'taken',
        ['11.5-12.5', OTHER],
      ])
    })

    it.each(['approval', 'closed'] as const)('a room that is no app’s to book: %s', async (how) => {
      const { world, press, bookPress, room, taken } = stage()
      await world.restrict(room, how)
      expect([reasonOf(await press(bookPress(11, 12))), await taken()]).toEqual([how, [OTHER]])
    })

    it.each(['tooShort', 'tooLong'] as const)('a length beyond the room’s rules: %s', async (which) => {
      const { world, press, bookPress, calendar, room } = stage()
      const { minutes, outcome } = world[which]
      for (const { key } of await calendar.rows(room)) await calendar.cancel(key)
      expect(reasonOf(await press(bookPress(11, 11 + minutes / 60)))).toBe(outcome)
      expect(await calendar.rows(room)).toHaveLength(outcome === 'done' ? 1 : 0)
    })

    it.each(['permission', 'dailyLimit', 'quota', 'throttled'] as const)('refused: %s', async (which) => {
      const { world, press, bookPress, taken } = stage()
      const { fault, reason } = world.refusals[which]
      await world.fault(fault)
      expect(reasonOf(await press(bookPress(11, 12)))).toBe(reason)
      await world.heal()
      expect(await taken()).toEqual([OTHER])
    })

    it('what was made half way is taken back', async () => {
      const { world, press, bookPress, calendar, taken } = stage()
      const loose = await calendar.looseEntries()
      await world.fault(world.half.fault)
      expect(reasonOf(await press(bookPress(11, 12)))).toBe(world.half.reason)
      expect([await taken(), await calendar.looseEntries()]).toEqual([[OTHER], loose])
    })

    it.each(['everything', 'changes'] as const)(
      'offline, %s: nothing was sent, and we know',
      async (what) => {
        const { press, bookPress, wire, taken } = stage()
        wire.unplug(what)
        expect([reasonOf(await press(bookPress(11, 12))), wire.changes()]).toEqual(['offline', 0])
        expect(await taken()).toEqual([OTHER])
      },
    )

    it('a lost answer to a booking that was made: the calendar shows it', async () => {
      const { press, bookPress, wire, taken, occurrenceAt } = stage()
      wire.lose('executed')
      const outcome = await press(bookPress(11, 12))
      expect([outcome, wire.changes()]).toEqual([{ kind: 'done', occurrence: await occurrenceAt(11) }, 1])
      expect(await taken()).toEqual(['11-12', OTHER])
    })

    it('sent twice by a transport, the second answer alone heard: what stands there is ours, nobody was faster', async () => {
      const { press, bookPress, wire, taken, occurrenceAt } = stage()
      wire.sendTwice()
      const outcome = await press(bookPress(11, 12))
      expect(outcome).toEqual({ kind: 'done', occurrence: await occurrenceAt(11) })
      expect(await taken()).toEqual(['11-12', OTHER])
    })

    it('a lost answer to one that was not: unclear, for it may be made yet, and not sent again', async () => {
      const { press, bookPress, wire } = stage()
      wire.lose('notExecuted')
      expect([reasonOf(await press(bookPress(11, 12))), wire.changes()]).toEqual(['unclear', 1])
    })

    it('a lost answer, and somebody else in the room: ours can no longer come', async () => {
      const { press, bookPress, somebodyBooks, wire, taken } = stage()
      wire.beforeChange(() => somebodyBooks(11, 12))
      wire.lose('notExecuted')
      expect([reasonOf(await press(bookPress(11, 12))), await taken()]).toEqual(['taken', ['11-12', OTHER]])
    })

    it('after a refusal the next press works', async () => {
      const { press, bookPress, calendar, keyAt } = stage()
      expect(reasonOf(await press(bookPress(16, 17)))).toBe('taken')
      await calendar.cancel(await keyAt(16))
      expect(reasonOf(await press(bookPress(16, 17)))).toBe('done')
    })

    it('given up before it was sent: nothing was done, and the next press works', async () => {
      const { press, bookPress, wire, taken } = stage()
      const reason = new Error('given up')
      await expect(press(bookPress(11, 12), [], AbortSignal.abort(reason))).rejects.toBe(reason)
      expect([wire.changes(), await taken()]).toEqual([0, [OTHER]])
      expect(reasonOf(await press(bookPress(11, 12)))).toBe('done')
    })

    it('given up while it was under way: unclear', async () => {
      const { press, bookPress, wire } = stage()
      const giveUp = new AbortController()
      wire.afterChange(() => giveUp.abort(new Error('given up')))
      expect(reasonOf(await press(bookPress(11, 12), [], giveUp.signal))).toBe('unclear')
      expect(wire.changes()).toBe(1)
    })

    it('made, but the calendar cannot be read again: unclear', async () => {
      const { press, bookPress, wire, taken } = stage()
      wire.cutAfterChange()
      expect([reasonOf(await press(bookPress(11, 12))), await taken()]).toEqual(['unclear', ['11-12', OTHER]])
    })
  })
}
