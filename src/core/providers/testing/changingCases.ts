import { describe, expect, it } from 'vitest'
import { reasonOf } from './openStage.ts'
import type { Stage } from './openStage.ts'

const MINUTE = 60_000
/** The bystander's booking of the stage. */
const OTHER = '16-17'

/** Extending. @param stage the one of the running case */
export function describeExtending<Source>(stage: () => Stage<Source>): void {
  describe('extend', () => {
    it('where nothing follows, the room is ours until then without a gap', async () => {
      const { press, extendPress, ownMeeting, taken, wire, at } = stage()
      const { occurrence, key } = await ownMeeting(10, 10.5)
      const outcome = await press(extendPress(occurrence, 11), [key])
      expect([reasonOf(outcome), wire.changes(), await taken()]).toEqual(['done', 1, ['10-11', OTHER]])
      expect(outcome).toMatchObject({ occurrence: { endMs: at(11) } })
    })

    it('where another follows it is refused, and the meeting keeps its end', async () => {
      const { press, extendPress, ownMeeting, calendar, room, span, wire, keyAt, at } = stage()
      const { occurrence, key } = await ownMeeting(10, 10.5)
      await calendar.bookAsPerson(room, span(10.5, 11))
      expect(reasonOf(await press(extendPress(occurrence, 11)))).toBe('taken')
      expect([wire.changes(), await keyAt(10)]).toEqual([0, key])
      expect((await calendar.rows(room)).find((row) => row.key === key)?.untilMs).toBe(at(10.5))
    })

    it('a lost race: the meeting keeps its end', async () => {
      const { press, extendPress, ownMeeting, somebodyBooks, calendar, room, wire, at } = stage()
      const { occurrence, key } = await ownMeeting(10, 10.5)
      wire.beforeChange(() => somebodyBooks(10.5, 11))
      expect(reasonOf(await press(extendPress(occurrence, 11)))).toBe('taken')
      expect((await calendar.rows(room)).find((row) => row.key === key)?.untilMs).toBe(at(10.5))
    })

    it.each(['moved', 'cancelled'] as const)(
      'a meeting that was %s meanwhile is not extended',
      async (how) => {
        const { press, extendPress, ownMeeting, calendar, span, wire } = stage()
        const { occurrence, key } = await ownMeeting(10, 10.5)
        await (how === 'moved' ? calendar.move(key, span(13, 13.5)) : calendar.cancel(key))
        expect([reasonOf(await press(extendPress(occurrence, 11))), wire.changes()]).toEqual(['gone', 0])
      },
    )

    it('offline: nothing was sent, and we know', async () => {
      const { press, extendPress, ownMeeting, taken, wire } = stage()
      const { occurrence } = await ownMeeting(10, 10.5)
      wire.unplug('changes')
      expect([reasonOf(await press(extendPress(occurrence, 11))), await taken()]).toEqual([
        'offline',
        ['10-10.5', OTHER],
      ])
    })

    it.each([
      ['executed', 'done', '10-11'],
      ['notExecuted', 'unclear', '10-10.5'],
    ] as const)('a lost answer, %s: %s', async (how, outcome, span) => {
      const { press, extendPress, ownMeeting, taken, wire } = stage()
      const { occurrence, key } = await ownMeeting(10, 10.5)
      wire.lose(how)
      expect(reasonOf(await press(extendPress(occurrence, 11), [key]))).toBe(outcome)
      expect([wire.changes(), await taken()]).toEqual([1, [span, OTHER]])
    })

    it('sent twice by a transport, the second answer alone heard: the longer meeting is ours', async () => {
      const { press, extendPress, ownMeeting, taken, wire } = stage()
      const { occurrence, key } = await ownMeeting(10, 10.5)
      wire.sendTwice()
      expect(reasonOf(await press(extendPress(occurrence, 11), [key]))).toBe('done')
      expect(await taken()).toEqual(['10-11', OTHER])
    })

    it('given up while it was under way: unclear', async () => {
      const { press, extendPress, ownMeeting, wire } = stage()
      const { occurrence, key } = await ownMeeting(10, 10.5)
      const giveUp = new AbortController()
      wire.afterChange(() => giveUp.abort(new Error('given up')))
      expect(reasonOf(await press(extendPress(occurrence, 11), [key], giveUp.signal))).toBe('unclear')
    })
  })
}

/** Ending early and releasing. @param stage the one of the running case */
export function describeEnding<Source>(stage: () => Stage<Source>): void {
  describe('end', () => {
    it.each(['endedEarly', 'noShow'] as const)(
      'our own, %s: the rest of its time is free',
      async (reason) => {
        const { world, press, endPress, ownMeeting, calendar, room, wire, at } = stage()
        const { occurrence, key } = await ownMeeting(10, 12)
        world.clock.setNow(at(11))
        const outcome = await press(endPress(occurrence, reason), [key])
        expect([reasonOf(outcome), wire.changes()]).toEqual(['done', 1])
        const endMs = outcome.kind === 'done' ? outcome.occurrence?.endMs : undefined
        const row = (await calendar.rows(room)).find((one) => one.key === key)
        expect(row?.untilMs).toBe(endMs)
        expect(row?.untilMs ?? 0).toBeLessThanOrEqual(at(11) + MINUTE)
      },
    )

    it('sent twice by a transport, the second answer alone heard: nobody else gave it back', async () => {
      const { press, endPress, ownMeeting, taken, wire } = stage()
      const { occurrence, key } = await ownMeeting(10, 11)
      wire.sendTwice()
      expect(reasonOf(await press(endPress(occurrence, 'noShow'), [key]))).toBe('done')
      expect(await taken()).toEqual([OTHER])
    })

    it('what a person booked: as far as the platform lets an app', async () => {
      const { world, press, endPress, calendar, room, span, occurrenceAt, at } = stage()
      const key = await calendar.bookAsPerson(room, span(10, 12))
      const occurrence = await occurrenceAt(10)
      world.clock.setNow(at(11))
      expect(reasonOf(await press(endPress(occurrence), [key]))).toBe(world.othersOutcome)
    })

    it.each(['moved', 'cancelled'] as const)('a meeting that was %s meanwhile is left alone', async (how) => {
      const { press, endPress, ownMeeting, calendar, span, wire } = stage()
      const { occurrence, key } = await ownMeeting(10, 11)
      await (how === 'moved' ? calendar.move(key, span(13, 14)) : calendar.cancel(key))
      expect([reasonOf(await press(endPress(occurrence, 'noShow'))), wire.changes()]).toEqual(['gone', 0])
    })

    it('a meeting that is over has nothing to give back', async () => {
      const { world, press, endPress, ownMeeting, wire, at } = stage()
      const { occurrence } = await ownMeeting(10, 11)
      world.clock.setNow(at(12))
      expect([reasonOf(await press(endPress(occurrence))), wire.changes()]).toEqual(['gone', 0])
    })

    it('one of a series: that one at most, never two', async () => {
      const { world, press, endPress, calendar, room, span, occurrenceAt } = stage()
      const [first = '', ...later] = await calendar.bookSeries(room, span(10, 11))
      expect(later.length).toBeGreaterThanOrEqual(2)
      const outcome = await press(endPress(await occurrenceAt(10), 'noShow'), [first])
      expect(reasonOf(outcome)).toBe(world.seriesOutcome)
      const left = (await calendar.rows(room)).map(({ key }) => key)
      for (const key of later) expect(left).toContain(key)
    })

    it.each(['everything', 'changes'] as const)(
      'offline, %s: nothing was sent, and we know',
      async (what) => {
        const { press, endPress, ownMeeting, taken, wire } = stage()
        const { occurrence } = await ownMeeting(10, 11)
        wire.unplug(what)
        expect([reasonOf(await press(endPress(occurrence))), await taken()]).toEqual([
          'offline',
          ['10-11', OTHER],
        ])
      },
    )

    it.each([
      ['executed', 'done'],
      ['notExecuted', 'unclear'],
    ] as const)('a lost answer, %s: %s', async (how, expected) => {
      const { world, press, endPress, ownMeeting, wire, at } = stage()
      const { occurrence, key } = await ownMeeting(10, 12)
      world.clock.setNow(at(11))
      wire.lose(how)
      expect(reasonOf(await press(endPress(occurrence), [key]))).toBe(expected)
      expect(wire.changes()).toBe(1)
    })

    it('given up before it was sent: thrown, and nothing was done', async () => {
      const { press, endPress, ownMeeting, taken } = stage()
      const { occurrence } = await ownMeeting(10, 11)
      const reason = new Error('given up')
      await expect(press(endPress(occurrence), [], AbortSignal.abort(reason))).rejects.toBe(reason)
      expect(await taken()).toEqual(['10-11', OTHER])
    })

    it('given up while it was under way: unclear', async () => {
      const { press, endPress, ownMeeting, wire } = stage()
      const { occurrence, key } = await ownMeeting(10, 11)
      const giveUp = new AbortController()
      wire.afterChange(() => giveUp.abort(new Error('given up')))
      expect(reasonOf(await press(endPress(occurrence), [key], giveUp.signal))).toBe('unclear')
    })

    it('done, but the calendar cannot be read again: unclear', async () => {
      const { press, endPress, ownMeeting, wire } = stage()
      const { occurrence, key } = await ownMeeting(10, 11)
      wire.cutAfterChange()
      expect(reasonOf(await press(endPress(occurrence), [key]))).toBe('unclear')
    })
  })
}
