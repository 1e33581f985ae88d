import { createCore } from '../../src/core/createCore.ts'
import { createOfficeCalendar } from '../../src/core/polling/officeCalendar.ts'
import { createProvider } from '../../src/core/providers/registry.ts'
import { parseSettings } from '../../src/core/settings/parseSettings.ts'
import { rangeToRead } from '../../src/core/site/rangeToRead.ts'
import {
  createMemorySecrets,
  createMemorySettings,
  createMemoryState,
} from '../../src/core/testing/memoryStores.ts'
import { createRecordingLogger } from '../../src/core/testing/recordingLogger.ts'
import { createServerTime } from '../../src/core/time/createServerTime.ts'
import { DAY_MS, MINUTE_MS } from '../../src/shared/domain/duration.ts'
import type { Platform } from '../../src/shared/domain/platform.ts'
import { createZone } from '../../src/shared/domain/zonedTime.ts'
import { createChance } from './bookOffice.ts'
import { MONTH_STARTS_AT_MS, openOffice, quotas } from './openOffice.ts'
import type { Office } from './openOffice.ts'

const OFFICE_MORNING_MS = 10 * 3_600_000
const OFFICE_HOURS = { days: [1, 2, 3, 4, 5], from: '08:00', until: '20:00' }

/** What a month came to. */
export interface Month {
  readonly platform: Platform
  readonly roomCount: number
  readonly days: number
  /** By the vendor's own count. */
  readonly calls: number
  readonly quota: number | null
  /** Age of what the door shows, at every minute of office time and for every room, in seconds. */
  readonly medianAgeS: number
  readonly p99AgeS: number
  /** When the vendor first refused for want of quota, in days from the month's start; null: never. */
  readonly blindAfterDays: number | null
}

/** Looks once a minute of office time. */
interface Ages {
  readonly sample: () => void
  readonly ages: number[]
}

function watchAges(office: Office, fetchedAtMs: () => readonly (number | null)[], untilMs: number): Ages {
  const calendar = createOfficeCalendar(OFFICE_HOURS, createZone('Asia/Shanghai'))
  const ages: number[] = []
  const sample = (): void => {
    const nowMs = office.clock.now()
    if (calendar.isOpen(nowMs))
      for (const atMs of fetchedAtMs()) ages.push(nowMs - (atMs ?? MONTH_STARTS_AT_MS))
    if (nowMs + MINUTE_MS < untilMs) office.clock.schedule(MINUTE_MS, sample)
  }
  return { sample, ages }
}

function quantile(ages: readonly number[], part: number): number {
  const sorted = Float64Array.from(ages).sort()
  return (sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? NaN) / 1_000
}

const monthOf = (
  platform: Platform,
  roomCount: number,
  days: number,
  calls: number,
  ages: readonly number[],
  blindAtMs: number | null,
): Month => ({
  platform,
  roomCount,
  days,
  calls,
  quota: quotas[platform],
  medianAgeS: quantile(ages, 0.5),
  p99AgeS: quantile(ages, 0.99),
  blindAfterDays: blindAtMs === null ? null : (blindAtMs - MONTH_STARTS_AT_MS) / DAY_MS,
})

/** The real core with the real provider, from the first minute of a month. */
export async function livePanelMonth(platform: Platform, roomCount: number, days: number): Promise<Month> {
  const office = openOffice(platform, roomCount)
  const core = createCore({
    clock: office.clock,
    log: createRecordingLogger(),
    state: createMemoryState(),
    settings: createMemorySettings(office.settings),
    secrets: createMemorySecrets(office.secrets),
    http: { fetch: office.fetch },
    random: createChance(7),
    version: '0.0.0-bench',
  })
  const fetchedAtMs = new Map<string, number | null>()
  let blindAtMs: number | null = null
  core.subscribe((event) => {
    if (event.name !== 'room.changed') return
    const { snapshot } = event.payload
    fetchedAtMs.set(snapshot.room.id, snapshot.fetchedAtMs)
    if ('reason' in snapshot.health && snapshot.health.reason === 'quota') blindAtMs ??= office.clock.now()
  })
  try {
    const outcome = await core.start()
    if (outcome.kind !== 'running') throw new Error(`the panel did not start: ${JSON.stringify(outcome)}`)
    const { sample, ages } = watchAges(
      office,
      () => [...fetchedAtMs.values()],
      MONTH_STARTS_AT_MS + days * DAY_MS,
    )
    sample()
    await office.clock.advance(days * DAY_MS - 1, Infinity)
    return monthOf(platform, roomCount, days, office.spent(), ages, blindAtMs)
  } finally {
    await core.stop()
    await office.close()
  }
}

/** Polls that are really made to learn what one costs; the cost of a poll does not change over the working day. */
const NAIVE_POLLS = 30

/**
 * What everybody writes first: the same provider asked once a minute, day and night, without titles. Some polls are
 * made; the rest of the month is arithmetic. Once the vendor refuses for want of quota nothing is learned any more.
 */
export async function liveNaiveMonth(platform: Platform, roomCount: number, days: number): Promise<Month> {
  const callsPerPoll = await naiveCallsPerPoll(platform, roomCount)
  const quota = quotas[platform]
  const wanted = days * 1_440
  const polls = quota === null ? wanted : Math.min(wanted, Math.floor(quota / callsPerPoll))
  const calendar = createOfficeCalendar(OFFICE_HOURS, createZone('Asia/Shanghai'))
  const ages: number[] = []
  for (let minute = 0; minute < wanted; minute += 1) {
    const nowMs = MONTH_STARTS_AT_MS + (minute + 0.5) * MINUTE_MS
    if (calendar.isOpen(nowMs)) ages.push((minute + 0.5 - Math.min(minute, polls - 1)) * MINUTE_MS)
  }
  const blindAtMs = polls < wanted ? MONTH_STARTS_AT_MS + polls * MINUTE_MS : null
  return monthOf(platform, roomCount, days, Math.round(polls * callsPerPoll), ages, blindAtMs)
}

async function naiveCallsPerPoll(platform: Platform, roomCount: number): Promise<number> {
  const office = openOffice(platform, roomCount)
  const parsed = parseSettings(office.settings)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues))
  const { account, rooms, timeZone } = parsed.settings
  const secret = Object.values(office.secrets)[0] ?? ''
  const provider = createProvider(account, () => Promise.resolve(secret), {
    http: { fetch: office.fetch },
    clock: office.clock,
    log: createRecordingLogger(),
    timeZone,
    time: createServerTime(office.clock),
    onCall: () => undefined,
    mayAlsoCall: () => false,
  })
  const poll = async (): Promise<void> => {
    const range = rangeToRead(createZone(timeZone), office.clock.now())
    await provider.listMeetings(rooms, range, new AbortController().signal)
  }
  try {
    await office.clock.advance(OFFICE_MORNING_MS)
    await poll()
    const before = office.spent()
    for (let n = 0; n < NAIVE_POLLS; n += 1) {
      office.clock.schedule(MINUTE_MS, () => void poll())
      await office.clock.advance(MINUTE_MS)
    }
    return (office.spent() - before) / NAIVE_POLLS
  } finally {
    await office.close()
  }
}
