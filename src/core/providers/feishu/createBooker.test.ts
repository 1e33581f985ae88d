import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { reasonOf } from '../testing/openStage.ts'
import { isAsk, isCreate, isDelete, openActionStage } from './testing/openActionStage.ts'
import type { ActionStage } from './testing/openActionStage.ts'
import type { FeishuActionWorld } from './testing/openFeishuActionWorld.ts'

const OTHER = '16-17'

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

describe('booking', () => {
  it('asks for the room in the contact person’s name, without notice, video meeting or entry in a person’s calendar', async () => {
    expect(reasonOf(await stage.press(stage.bookPress(11, 12)))).toBe('done')
    expect(stage.sent(isCreate)[0]?.body).toMatchObject({
      summary: world.title,
      need_notification: false,
      visibility: 'public',
      vchat: { vc_type: 'no_meeting' },
      start_time: { timestamp: String(stage.at(11) / 1000), timezone: 'Asia/Shanghai' },
    })
    expect(stage.sent(isAsk)[0]?.body).toEqual({
      attendees: [
        {
          type: 'resource',
          room_id: world.rooms[0].source.roomId,
          operate_id: world.inner.bookerOpenId,
        },
      ],
      need_notification: false,
      add_operator_to_attendee: false,
    })
  })

  it('every call is told to the budget', async () => {
    const before = [world.inner.told.calls, await world.inner.countedCalls()] as const
    await stage.press(stage.bookPress(11, 12))
    const after = [world.inner.told.calls, await world.inner.countedCalls()] as const
    expect(after[0] - before[0]).toBe(after[1] - before[1])
    expect(after[0] - before[0]).toBeLessThanOrEqual(8)
  })

  it('a room that does not answer is not waited for: the event goes, and with it the question', async () => {
    await stage.control('feishu', { roomAnswerMs: 3_600_000 })
    expect(reasonOf(await stage.press(stage.bookPress(11, 12)))).toBe('failed')
    expect(await world.calendar.looseEntries()).toBe(0)
    world.clock.elapse(3_600_000)
    expect(await stage.taken()).toEqual([OTHER])
  })

  it('an event that could not be taken back goes with the next booking', async () => {
    stage.breakOff(isDelete)
    stage.wire.beforeChange(() => stage.somebodyBooks(11, 12))
    const outcome = await stage.book(11, 12)
    expect([outcome, await world.calendar.looseEntries()]).toMatchObject([{ reason: 'taken' }, 1])
    stage.breakOff(null)
    expect(reasonOf(await stage.press(stage.bookPress(13, 14)))).toBe('done')
    expect([await world.calendar.looseEntries(), await stage.taken()]).toEqual([0, ['11-12', '13-14', OTHER]])
  })

  it('what could not be taken back is tried a few times, not for ever', async () => {
    stage.breakOff(isDelete)
    await world.fault(world.refusals.throttled.fault)
    await stage.book(11, 12)
    for (let press = 0; press < 8; press += 1) await stage.press(stage.bookPress(16, 17))
    // Once at the press itself, then five times.
    expect(stage.countOf(isDelete)).toBe(6)
  })

  it('a booking nobody heard of again stays when the next one is made', async () => {
    let isAsked = false
    stage.wire.afterChange(() => (isAsked = true))
    stage.breakOff(() => isAsked)
    expect(reasonOf(await stage.press(stage.bookPress(11, 12)))).toBe('unclear')
    stage.breakOff(null)
    expect(reasonOf(await stage.press(stage.bookPress(13, 14)))).toBe('done')
    expect([await stage.taken(), stage.countOf(isDelete)]).toEqual([['11-12', '13-14', OTHER], 0])
  })

  it('a question that got lost can not come true later: its event is gone', async () => {
    stage.wire.lose('notExecuted')
    expect(reasonOf(await stage.press(stage.bookPress(11, 12)))).toBe('unclear')
    expect([await world.calendar.looseEntries(), stage.countOf(isDelete)]).toEqual([0, 1])
  })

  it('a lost answer to making the event makes one event', async () => {
    let isFirst = true
    stage.breakOff((one) => {
      if (!isFirst || !isCreate(one)) return false
      isFirst = false
      return true
    }, true)
    expect(reasonOf(await stage.press(stage.bookPress(11, 12)))).toBe('done')
    expect([stage.countOf(isCreate), await world.calendar.looseEntries(), await stage.taken()]).toEqual([
      2,
      0,
      ['11-12', OTHER],
    ])
  })

  it('where busy times cannot be read again the room’s yes is enough', async () => {
    let isAsked = false
    stage.wire.afterChange(() => (isAsked = true))
    stage.breakOff(({ path }) => isAsked && path.includes('freebusy'))
    const outcome = await stage.press(stage.bookPress(11, 12))
    stage.breakOff(null)
    expect(outcome).toEqual({ kind: 'done', occurrence: await stage.occurrenceAt(11) })
  })

  it('a free room that busy times leave out is asked for all the same, one nobody knows is not', async () => {
    await stage.control('quirks', { omitsFreeRooms: true })
    await world.calendar.cancel(await stage.keyAt(16))
    expect(reasonOf(await stage.press(stage.bookPress(11, 12)))).toBe('done')
    await world.inner.failRoom(stage.room, 'missing')
    expect(reasonOf(await stage.press(stage.bookPress(13, 14)))).toBe('failed')
  })

  it.each([
    ['no bot', () => stage.control('feishu', { hasBot: false })],
    ['no scope to make events', () => world.inner.grantAllBut('calendar:calendar.event:create')],
    ['no scope to ask rooms', () => world.inner.grantAllBut('calendar:calendar.event:update')],
    ['the contact person left', () => stage.control('people/doorplate', { status: 5 })],
  ])('%s: permission, and nothing stays', async (_name, take) => {
    await take()
    expect(reasonOf(await stage.press(stage.bookPress(11, 12)))).toBe('permission')
    expect([await world.calendar.looseEntries(), await stage.taken()]).toEqual([0, [OTHER]])
  })

  it('without the scope to read events the busy times tell what the room said', async () => {
    await world.inner.grantAllBut('calendar:calendar.event:read')
    expect(reasonOf(await stage.press(stage.bookPress(11, 12)))).toBe('done')
  })
})
