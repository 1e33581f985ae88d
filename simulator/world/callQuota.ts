import { zoneOffsetMs } from './shanghaiTime.ts'
import type { WorldClock } from './worldClock.ts'

/** The calls an organisation has spent on one platform in a calendar month (Asia/Shanghai). */
export interface CallQuota {
  /** Whether one more call fits under `perMonth`; null is without limit. */
  isLeft(platform: string, perMonth: number | null): boolean
  spend(platform: string): void
  spent(platform: string): number
  /** The month the world is in, as `2026-03`. */
  month(): string
  reset(): void
}

export function createCallQuota(clock: WorldClock): CallQuota {
  const spentBy = new Map<string, number>()
  const month = (): string => new Date(clock.now() + zoneOffsetMs).toISOString().slice(0, 7)
  const keyOf = (platform: string): string => `${platform} ${month()}`
  const spent = (platform: string): number => spentBy.get(keyOf(platform)) ?? 0
  return {
    isLeft: (platform, perMonth) => perMonth === null || spent(platform) < perMonth,
    spend: (platform) => {
      spentBy.set(keyOf(platform), spent(platform) + 1)
    },
    spent,
    month,
    reset: () => spentBy.clear(),
  }
}
