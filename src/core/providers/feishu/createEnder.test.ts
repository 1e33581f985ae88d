import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { reasonOf } from '../testing/openStage.ts'
import { isDelete, isReply, openActionStage } from './testing/openActionStage.ts'
import type { ActionStage } from './testing/openActionStage.ts'
import type { FeishuActionWorld } from './testing/openFeishuActionWorld.ts'

const DAY_HOURS = 24
const never = new AbortController().signal

let stage: ActionStage
let world: FeishuActionWorld

beforeEach(async () => {
  stage = await openActionStage()
  world = stage.feishu
})

afterEach(async () => {
  stage.check()
  await world.close()
})

describe('giving back', () => {
  const replies = () => stage.sent(isReply)

  it.each([
    ['noShow', 'NOT_CHECK_IN'],
    ['endedEarly', 'ENDED_BEFORE_DUE'],
  ] as const)('%s is said as %s', async (reason, status) => {
    const key = await world.calendar.bookAsPerson(stage.room, stage.span(9.5, 12))
    expect(reasonOf(await stage.press(stage.endPress(await stage.occurrenceAt(9.5), reason), [key]))).toBe(
      'done',
    )
    expect(replies()).toMatchObject([{ body: { original_time: 0, status } }])
  })

  it.each([-29, 28, 34])('another occurrence %s days away makes it a series: left alone', async (days) => {
    const fields = { room: 12, booker: 'chenlu', subject: world.title, masterBookingId: 'series' }
    const hours = (from: number) => ({ startMs: stage.at(from), endMs: stage.at(from + 1) })
    await world.inner.control('POST', 'bookings', { ...fields, ...hours(9.5) })
    await world.inner.control('POST', 'bookings', { ...fields, ...hours(9.5 + days * DAY_HOURS) })
    expect(reasonOf(await stage.press(stage.endPress(await stage.occurrenceAt(9.5))))).toBe('series')
    expect(replies()).toEqual([])
  })

  it.each([
    ['heard', 'done'],
    ['answer lost', 'done'],
    ['not done', 'unclear'],
  ] as const)('our own that has not begun goes with its event, %s: %s', async (how, outcome) => {
    const { occurrence, key } = await stage.ownMeeting(13, 14)
    stage.breakOff(how === 'heard' ? null : isDelete, how === 'answer lost')
    expect(reasonOf(await stage.press(stage.endPress(occurrence), [key]))).toBe(outcome)
    expect([stage.countOf(isDelete), replies(), await world.calendar.looseEntries()]).toEqual([1, [], 0])
  })

  it.each([13, 9.5])('our own from %s on, booked in an earlier life, goes with its event', async (hour) => {
    const { key } = await stage.ownMeeting(hour, hour + 2)
    const occurrence = await stage.occurrenceAt(hour)
    const { actions } = world.provider(stage.wire)
    const outcome = actions?.end(stage.room, { ...occurrence, isOwn: true }, 'endedEarly', never)
    expect(await outcome).toMatchObject({ kind: 'done' })
    expect(await world.calendar.looseEntries()).toBe(0)
    expect((await world.calendar.rows(stage.room)).map((row) => row.key)).not.toContain(key)
  })

  it('a meeting of others that has not begun is left alone', async () => {
    expect(reasonOf(await stage.press(stage.endPress(await stage.occurrenceAt(16))))).toBe('policy')
    expect(replies()).toEqual([])
  })

  it('105003: the occurrence is gone', async () => {
    await world.calendar.bookAsPerson(stage.room, stage.span(9.5, 12))
    await world.fault({ kind: 'errcode', errcode: 105_003, route: 'reply', times: 1 })
    expect(reasonOf(await stage.press(stage.endPress(await stage.occurrenceAt(9.5))))).toBe('gone')
  })

  it.each([
    [1_500, 'done'],
    [3_600_000, 'unclear'],
  ] as const)('busy times %s ms behind: %s', async (freebusyLagMs, outcome) => {
    const key = await world.calendar.bookAsPerson(stage.room, stage.span(9.5, 12))
    const occurrence = await stage.occurrenceAt(9.5)
    await stage.control('feishu', { freebusyLagMs })
    expect(reasonOf(await stage.press(stage.endPress(occurrence), [key]))).toBe(outcome)
    expect(replies()).toHaveLength(1)
  })

  it('our own leaves no event without a room behind', async () => {
    const { occurrence, key } = await stage.ownMeeting(10, 12)
    expect(reasonOf(await stage.press(stage.endPress(occurrence), [key]))).toBe('done')
    expect(await world.calendar.looseEntries()).toBe(0)
  })

  it('a meeting of the reservation list alone cannot be answered', async () => {
    const occurrence = { meetingId: 'row@1-2', startMs: stage.at(9), endMs: stage.at(12) }
    expect(reasonOf(await stage.press(stage.endPress(occurrence)))).toBe('unsupported')
  })
})

describe('the account', () => {
  it('without a contact person gives rooms back and books none', async () => {
    const provider = world.inner.provider()
    const request = {
      startMs: stage.at(11),
      endMs: stage.at(12),
      title: world.title,
      pressId: stage.newPress(),
    }
    expect(provider.capabilities.actions).toEqual({
      canBook: false,
      extend: 'none',
      end: 'any',
      canRelease: true,
    })
    expect(await provider.actions?.book(stage.room, request, never)).toEqual({
      kind: 'refused',
      reason: 'unsupported',
    })
  })
})
