import { createFakeClock } from '../../src/core/testing/fakeClock.ts'
import type { FakeClock } from '../../src/core/testing/fakeClock.ts'
import type { Platform } from '../../src/shared/domain/platform.ts'
import { testPlatforms } from '../../e2e/fixtures/testPlatforms.ts'
import { createSimulator } from '../../simulator/createSimulator.ts'
import { roomIdOf as dingtalkRoomId } from '../../simulator/platforms/dingtalk/vendorIds.ts'
import { roomIdOf as feishuRoomId } from '../../simulator/platforms/feishu/feishuIds.ts'
import type { World } from '../../simulator/world/World.ts'
import { addRooms, bookOffice } from './bookOffice.ts'

const BASE_URL = 'https://vendor.invalid'
const START = '2026-12-01T00:00:00+08:00'

/** The first of a month of 31 days with 23 working ones, in the office's zone, which is the vendors' too. */
export const MONTH_STARTS_AT_MS = Date.parse(START)

/** What each platform gives away a month: DingTalk's standard edition, Feishu's free plan. */
export const quotas: Readonly<Record<Platform, number | null>> = {
  wecom: null,
  dingtalk: 5_000,
  feishu: 10_000,
}

/** A simulated office on travelling time; calls reach it without a connection. */
export interface Office {
  readonly clock: FakeClock
  readonly world: World
  readonly fetch: (address: string, init?: RequestInit) => Promise<Response>
  /** Settings of a panel for all of its rooms, as an admin would have them. */
  readonly settings: object
  readonly secrets: Record<string, string>
  /** Calls the vendor counted; where it has no quota, all it got. */
  spent(): number
  close(): Promise<void>
}

const sources: Readonly<Record<Platform, (room: number) => object>> = {
  wecom: (room) => ({ officeRoomId: room }),
  dingtalk: (room) => ({ roomId: dingtalkRoomId(room) }),
  feishu: (room) => ({ roomId: feishuRoomId(room) }),
}

/** Turns of the event loop without a call after which a timer's work counts as done. */
const QUIET_TURNS = 6

/** Builds the office with its month of bookings ahead. */
export function openOffice(platform: Platform, roomCount: number): Office {
  let running = 0
  let begun = 0
  const settle = async (): Promise<void> => {
    let seen = begun
    let needed = 2
    for (let quiet = 0; quiet < needed; quiet += 1) {
      await new Promise((resolve) => setImmediate(resolve))
      if (running === 0 && begun === seen) continue
      seen = begun
      needed = QUIET_TURNS
      quiet = -1
    }
  }
  const clock = createFakeClock(MONTH_STARTS_AT_MS, settle)
  const simulator = createSimulator({ now: () => clock.now(), seed: 'empty' })
  const { world } = simulator
  const rooms = addRooms(world, roomCount)
  bookOffice(world, clock, rooms, MONTH_STARTS_AT_MS)
  return {
    clock,
    world,
    fetch: async (address, init) => {
      running += 1
      begun += 1
      try {
        return await simulator.handle(address, init)
      } finally {
        running -= 1
      }
    },
    settings: {
      version: 1,
      timeZone: 'Asia/Shanghai',
      account: {
        ...testPlatforms[platform].account(BASE_URL),
        ...(platform === 'wecom' ? {} : { monthlyCalls: quotas[platform] }),
      },
      rooms: rooms.map((room) => ({ id: `room-${room}`, source: sources[platform](room) })),
    },
    secrets: { ...testPlatforms[platform].secrets },
    spent: () => (quotas[platform] === null ? begun : world.quota.spent(platform)),
    close: () => simulator.close(),
  }
}
