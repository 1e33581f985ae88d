import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { reasonOf } from '../testing/openStage.ts'
import { isCreate, openActionStage } from './testing/openActionStage.ts'
import type { ActionStage } from './testing/openActionStage.ts'
import type { FeishuActionWorld } from './testing/openFeishuActionWorld.ts'

const MINUTE = 60_000
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

describe('what the room’s admin allows', () => {
  const ruleCalls = () => stage.countOf(({ path }) => path.includes('reserve_configs'))
  const readOne = async () => {
    const today = { fromMs: stage.at(0), untilMs: stage.at(24) }
    return (await stage.provider.listMeetings([stage.room], today, never)).get(stage.room.id)
  }

  it.each([
    ['approval', { needsApproval: true }, 'approval'],
    ['the longest booking', { maxMinutes: 60 }, 'policy'],
    ['days ahead', { advanceDays: 0 }, 'policy'],
  ] as const)('is kept without making anything: %s', async (_name, change, reason) => {
    await world.calendar.patchRoom(stage.room, change)
    const from = 'advanceDays' in change ? DAY_HOURS + 11 : 11
    expect(reasonOf(await stage.press(stage.bookPress(from, from + 2)))).toBe(reason)
    expect(stage.countOf(isCreate)).toBe(0)
  })

  it('opening hours', async () => {
    await stage.control('feishu/rooms/12', { opensAtMin: 8 * 60, closesAtMin: 20 * 60 })
    expect(await readOne()).toMatchObject({
      room: { bookingRules: { latestEndMs: stage.at(20), maxMinutes: 240, refusal: null } },
    })
    expect(reasonOf(await stage.press(stage.bookPress(19, 20.5)))).toBe('policy')
  })

  it('is told with the room, and asked for once a day', async () => {
    await world.calendar.patchRoom(stage.room, { needsApproval: true })
    expect(await readOne()).toMatchObject({
      room: { needsApproval: true, bookingRules: { refusal: 'approval' } },
    })
    await readOne()
    expect(ruleCalls()).toBe(1)
    world.clock.elapse(25 * 60 * MINUTE)
    await readOne()
    expect(ruleCalls()).toBe(2)
  })

  it('what would refuse a press is asked for again: the admin may have changed it', async () => {
    await world.calendar.patchRoom(stage.room, { needsApproval: true })
    await readOne()
    await world.calendar.patchRoom(stage.room, { needsApproval: false })
    world.clock.elapse(6 * MINUTE)
    expect(reasonOf(await stage.press(stage.bookPress(11, 12)))).toBe('done')
  })

  it('that cannot be read refuses nothing', async () => {
    await world.fault({ kind: 'errcode', errcode: 121005, route: 'reserve_configs' })
    expect(reasonOf(await stage.press(stage.bookPress(11, 12)))).toBe('done')
  })
})
