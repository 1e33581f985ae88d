import { type DingtalkLimits, defaultDingtalkLimits } from './dingtalkApp.ts'
import { defaultFeishuLimits, type FeishuLimits } from './feishuApp.ts'
import { hourMs, minuteMs } from './shanghaiTime.ts'
import type { WorldClock } from './worldClock.ts'

/** How many calls of one API are allowed. Null: no limit. */
export interface Limits extends DingtalkLimits, FeishuLimits {
  perMinute: number | null
  perHour: number | null
  /** Wrong secrets from one address before it is shut out for an hour. */
  badSecretsPerHour: number | null
  /** Calls with `debug=1`. */
  debugPerMinute: number | null
  /** Calls in flight at once, over all APIs. */
  inParallel: number | null
}

const defaultLimits = (): Limits => ({
  perMinute: 10_000,
  perHour: 150_000,
  badSecretsPerHour: 2_000,
  debugPerMinute: 5,
  inParallel: null,
  ...defaultDingtalkLimits(),
  ...defaultFeishuLimits(),
})

interface Window {
  startMs: number
  count: number
  blockedUntilMs: number
}

/** Counts calls in windows of the world's time; a block lasts as long as its window. */
export interface CallLimits {
  readonly limits: Limits
  /** Counts one call and says whether it may pass. A blocked call is counted by nobody. */
  admit(api: string): boolean
  admitDebug(): boolean
  /** Counts one call under a key of the caller's own; past `limit` the key is blocked for `blockMs`. */
  admitWithin(key: string, spanMs: number, limit: number | null, blockMs?: number): boolean
  /** How long the window of a key still runs. */
  windowLeftMs(key: string, spanMs: number): number
  countBadSecret(ip: string): void
  isShutOut(ip: string): boolean
  /** A call arrives, and is in flight until it leaves. */
  enter(call: object): void
  leave(call: object): void
  /** Whether too many others were in flight when the call arrived. */
  isCrowded(call: object): boolean
  reset(): void
}

export function createCallLimits(clock: WorldClock): CallLimits {
  const windows = new Map<string, Window>()
  const limits = defaultLimits()
  const inFlight = new Set<object>()
  const crowded = new WeakSet<object>()

  const windowOf = (key: string, spanMs: number): Window => {
    const nowMs = clock.now()
    const known = windows.get(`${key}|${spanMs}`)
    // A window also ends when the world's clock is set back before it.
    if (known && nowMs < known.startMs + spanMs && nowMs >= known.startMs) return known
    const fresh = { startMs: nowMs, count: 0, blockedUntilMs: known?.blockedUntilMs ?? 0 }
    windows.set(`${key}|${spanMs}`, fresh)
    return fresh
  }
  const isBlocked = (key: string, spanMs: number): boolean =>
    clock.now() < windowOf(key, spanMs).blockedUntilMs

  const count = (key: string, spanMs: number, limit: number | null, blockMs = spanMs): boolean => {
    const window = windowOf(key, spanMs)
    window.count += 1
    if (limit === null || window.count <= limit) return true
    window.blockedUntilMs = clock.now() + blockMs
    return false
  }
  const spans = () => [[minuteMs, limits.perMinute] as const, [hourMs, limits.perHour] as const]

  return {
    limits,
    admit: (api) => {
      if (spans().some(([spanMs]) => isBlocked(api, spanMs))) return false
      return spans()
        .map(([spanMs, limit]) => count(api, spanMs, limit))
        .every(Boolean)
    },
    admitDebug: () => !isBlocked('debug', minuteMs) && count('debug', minuteMs, limits.debugPerMinute),
    admitWithin: (key, spanMs, limit, blockMs) =>
      limit === null || (!isBlocked(key, spanMs) && count(key, spanMs, limit, blockMs)),
    windowLeftMs: (key, spanMs) => windowOf(key, spanMs).startMs + spanMs - clock.now(),
    countBadSecret: (ip) => count(`bad secret ${ip}`, hourMs, limits.badSecretsPerHour),
    isShutOut: (ip) => isBlocked(`bad secret ${ip}`, hourMs),
    enter: (call) => {
      if (limits.inParallel !== null && inFlight.size >= limits.inParallel) crowded.add(call)
      inFlight.add(call)
    },
    leave: (call) => inFlight.delete(call),
    isCrowded: (call) => crowded.has(call),
    reset: () => {
      windows.clear()
      Object.assign(limits, defaultLimits())
    },
  }
}
