import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { WEST_LAKE } from '../e2e/fixtures/panelSettings.ts'
import type { PanelSettings } from '../e2e/fixtures/panelSettings.ts'
import type { ActionOutcome } from '../src/shared/domain/action.ts'
import { MINUTE_MS } from '../src/shared/domain/duration.ts'
import { occupiedRange } from '../src/shared/domain/meeting.ts'
import { platforms } from '../src/shared/domain/platform.ts'
import type { Platform } from '../src/shared/domain/platform.ts'
import { openDoor } from './door/openDoor.ts'
import type { Door, Taken } from './door/openDoor.ts'

const room = WEST_LAKE.officeRoomId
const T10_00 = 600
const T10_07 = 607

/** What half an hour from 10:07:30 is to each platform, and what stands there after it. */
const booked: Readonly<Record<Platform, Taken>> = {
  // On the half hours, so that at least what was asked for is left.
  wecom: [T10_00, T10_00 + 60],
  dingtalk: [T10_07, T10_07 + 30],
  feishu: [T10_07, T10_07 + 30],
}
/** Paths of the calls that book, which a test makes lose their answers. */
const bookingCall: Readonly<Record<Platform, string>> = {
  wecom: 'oa/meetingroom/book',
  dingtalk: '/calendars/primary/events',
  feishu: '/attendees',
}

const minute = (atMs: number): number => (atMs / MINUTE_MS + 480) % 1440
let door: Door
const open = async (platform: Platform, settings?: PanelSettings): Promise<void> => {
  door = await openDoor(platform, settings)
}
afterEach(() => door.close())

function meetingOf(outcome: unknown): {
  readonly id: string
  readonly startMs: number
  readonly endMs: number
} {
  const done = outcome as ActionOutcome
  if (done.kind !== 'done' || done.meeting === null) throw new Error(`not done: ${JSON.stringify(outcome)}`)
  return done.meeting
}

/** What the door knows to take the room a minute from now. */
async function standing(): Promise<readonly string[]> {
  const { meetings } = await door.snapshot()
  return meetings
    .filter((meeting) => (occupiedRange(meeting)?.untilMs ?? 0) > door.now() + MINUTE_MS)
    .map(({ id }) => id)
}

describe.each(platforms)('at a door on %s', (platform) => {
  it('half an hour is booked, extended and ended, and the calendar says what the door says', async () => {
    await open(platform)
    const made = meetingOf(await door.book(30))
    const [from, until] = booked[platform]
    expect([minute(made.startMs), minute(made.endMs)]).toEqual([from, until])
    expect(await door.taken()).toEqual([[from, until]])
    expect((await door.snapshot()).meetings).toMatchObject([{ id: made.id, isOwn: true, title: '现场预订' }])

    const extended = meetingOf(await door.extend(made.id, 30))
    expect(minute(extended.endMs)).toBe(until + 30)
    expect(await door.taken()).toEqual([[from, until + 30]])

    await door.live(MINUTE_MS)
    const running = (await door.snapshot()).meetings.find(({ startMs }) => startMs <= door.now())!
    expect(await door.end(running.id)).toMatchObject({ kind: 'done' })
    const left = (await door.taken()).filter(([, end]) => end > minute(door.now()) + 1)
    expect(left).toEqual([])
    expect(await standing()).toEqual([])
  })

  it('a lost answer: what was booked is found in the calendar, and the same press again books nothing more', async () => {
    await open(platform)
    const pressId = randomUUID()
    await door.simulator.addFault({ kind: 'drop', route: bookingCall[platform], times: 1, when: 'after' })
    const first = await door.book(30, pressId)
    expect(first).toMatchObject({ kind: 'done' })
    expect((await door.simulator.state()).faults, 'the answer was lost').toEqual([])
    expect(await door.taken()).toEqual([booked[platform]])
    expect(await door.book(30, pressId)).toEqual(first)
    await door.restart()
    expect(await door.book(30, pressId)).toEqual(first)
    expect(await door.taken()).toEqual([booked[platform]])
  })

  it('pressed twice at once, with one id and with two: one booking', async () => {
    await open(platform)
    const pressId = randomUUID()
    const [one, same, other] = await Promise.all([
      door.book(30, pressId),
      door.book(30, pressId),
      door.book(30),
    ])
    expect(same).toEqual(one)
    meetingOf(one)
    expect(other).toEqual({ kind: 'refused', reason: 'throttled' })
    expect(await door.book(30)).toEqual({ kind: 'refused', reason: 'taken' })
    expect(await door.taken()).toEqual([booked[platform]])
  })

  it('somebody was faster: nothing is booked over their meeting, and the door shows it', async () => {
    await open(platform)
    await door.live(8_000, 8_000)
    await door.simulator.addBooking({ room, startInMinutes: 0, durationMinutes: 30 })
    expect(await door.book(30)).toEqual({ kind: 'refused', reason: 'taken' })
    expect(await door.simulator.takenIn(room)).toHaveLength(1)
    expect((await door.snapshot()).meetings).toHaveLength(1)
  })

  it('the line is cut: nothing can be decided, nothing is sent, and it works again when it is back', async () => {
    await open(platform)
    await door.live(8_000, 8_000)
    door.line.cut()
    expect(await door.book(30)).toEqual({ kind: 'refused', reason: 'offline' })
    door.line.restore()
    expect(await door.taken()).toEqual([])
    meetingOf(await door.book(30))
    expect(await door.taken()).toEqual([booked[platform]])
  })

  it('a meeting somebody checked in to is kept, one that nobody came to is given back', async () => {
    const checkIn = { mode: 'local', isReleaseOn: true, opensBeforeMinutes: 1, closesAfterMinutes: 1 }
    await open(platform, { checkIn })
    if (platform === 'wecom') await door.simulator.setQuirks({ mayCancelPeoplesBookings: true })
    for (const inMinutes of [40, 80]) {
      // Vendors tell whole seconds.
      const startMs = Math.floor(door.now() / MINUTE_MS + inMinutes) * MINUTE_MS
      await door.simulator.addBooking({ room, startMs, durationMinutes: 30 })
    }
    await door.reread()
    const [kept, lost] = (await door.snapshot()).meetings
    expect(await door.checkIn(kept!.id)).toEqual({ kind: 'refused', reason: 'notOpen' })
    await door.live(kept!.startMs - door.now() - 90_000, 120_000)

    const show = (meetingId: string) => async () => {
      await door.ask('checkIn.noteShown', { roomId: WEST_LAKE.id, meetingId })
    }
    await door.live(60_000, 10_000, show(kept!.id))
    expect(await door.checkIn(kept!.id)).toMatchObject({ kind: 'done', meeting: { id: kept!.id } })
    expect((await door.snapshot()).checkedInIds).toEqual([kept!.id])
    await door.live(3 * MINUTE_MS, 10_000)
    expect(await door.simulator.takenIn(room)).toHaveLength(2)

    await door.live(lost!.startMs - door.now() - 90_000, 120_000)
    await door.live(4 * MINUTE_MS, 10_000, show(lost!.id))
    expect(door.log()).toContain('release ended')
    const left = await door.simulator.takenIn(room)
    expect(left.map(({ startMs }) => startMs)).toEqual([kept!.startMs])
    expect(await standing()).toEqual([])
    expect(await door.checkIn(lost!.id)).toMatchObject({ kind: 'refused' })
  })
})
