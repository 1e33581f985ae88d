import { MINUTE_MS } from '../../../shared/domain/duration.ts'
import { createZone } from '../../../shared/domain/zonedTime.ts'
import { parseSettings } from '../../settings/parseSettings.ts'
import { createMemoryState } from '../../testing/memoryStores.ts'
import { createRecordingLogger } from '../../testing/recordingLogger.ts'
import { ProviderError } from '../../providers/ProviderError.ts'
import type { ProviderErrorKind } from '../../../shared/domain/providerErrorKind.ts'
import { createCallCounter } from '../createCallCounter.ts'
import { createCallMeter } from '../createCallMeter.ts'
import { createReadPlan } from '../createReadPlan.ts'
import type { PlannedRead } from '../nextDelay.ts'
import { createOfficeCalendar } from '../officeCalendar.ts'
import { quotaMonthAt } from '../quotaMonth.ts'

/** Something that lasts; it strikes every `everyMs` while it does. */
export interface Trouble {
  /**
   * `outage`: reads fail, their calls sent. `touches`: somebody, or the screen itself, touches it. `crashes`: the
   * panel dies in the middle of a read and is started again. `restarts`: it is started anew in order. `loss`: once, the
   * count is gone.
   */
  readonly kind: 'outage' | 'touches' | 'crashes' | 'restarts' | 'loss'
  readonly fromMs: number
  readonly lastsMs: number
  readonly everyMs: number
  /** Of an outage. */
  readonly failure: ProviderErrorKind
}

/** What a panel lives through. */
export interface Life {
  readonly limit: number
  readonly callsPerRead: number
  readonly fromMs: number
  readonly untilMs: number
  readonly troubles?: readonly Trouble[]
  /** Titles and names the provider would like with every read. */
  readonly extrasPerRead?: number
  /** Every how many reads the token has died and every call is made twice; 0 never. */
  readonly deadTokenEvery?: number
  /** Meetings begin or end on this grid. */
  readonly boundaryEveryMs?: number
  readonly random?: () => number
}

/** What became of it, counted as the vendor counts. */
export interface Lived {
  readonly spentByMonth: ReadonlyMap<string, number>
  readonly reads: readonly { readonly atMs: number; readonly plan: PlannedRead | null }[]
  /** Age of the last good read at every minute of office time, in milliseconds, sorted. */
  readonly officeAges: readonly number[]
}

const settingsOf = () => {
  const parsed = parseSettings({
    version: 1,
    account: { platform: 'wecom', corpId: 'ww1' },
    rooms: [{ id: 'xihu', source: { officeRoomId: 12 } }],
  })
  if (!parsed.ok) throw new Error('the settings of the test are wrong')
  return parsed.settings
}

/** Lets a read plan with its counter live, against a vendor that counts every call. No timers: time jumps. */
export async function liveThroughMonths(life: Life): Promise<Lived> {
  const { limit, callsPerRead, troubles = [], extrasPerRead = 0, deadTokenEvery = 0 } = life
  const settings = settingsOf()
  const zone = createZone(settings.timeZone)
  const office = createOfficeCalendar(settings.officeHours, zone)
  const state = createMemoryState()
  const spentByMonth = new Map<string, number>()
  const reads: { atMs: number; plan: PlannedRead | null }[] = []
  const officeAges: number[] = []
  let nowMs = life.fromMs
  let lastGoodMs = -Infinity
  let sampleMs = life.fromMs

  async function open() {
    const counter = createCallCounter(state, 'wecom ww1', createRecordingLogger())
    const meter = createCallMeter({ counter, limit, now: () => nowMs })
    const plan = createReadPlan({
      polling: settings.polling,
      office,
      callsPerRead: () => callsPerRead,
      counter,
      meter,
      nextBoundaryMs: (afterMs) =>
        life.boundaryEveryMs === undefined
          ? null
          : (Math.floor(afterMs / life.boundaryEveryMs) + 1) * life.boundaryEveryMs,
      now: () => nowMs,
      random: life.random ?? (() => 0.5),
    })
    await plan.load()
    plan.start()
    return { counter, meter, plan }
  }
  let panel = await open()

  function call(times: number): void {
    const { name } = quotaMonthAt(nowMs)
    for (let n = 0; n < times; n += 1) {
      spentByMonth.set(name, (spentByMonth.get(name) ?? 0) + 1)
      panel.counter.count(nowMs)
    }
  }

  const active = (kind: Trouble['kind']): Trouble | undefined =>
    troubles.find((one) => one.kind === kind && one.fromMs <= nowMs && nowMs < one.fromMs + one.lastsMs)

  async function read(dies = false): Promise<void> {
    if (panel.plan.stoppedUntilMs() !== null) return
    await panel.plan.begin()
    reads.push({ atMs: nowMs, plan: panel.plan.current() })
    call(deadTokenEvery > 0 && reads.length % deadTokenEvery === 0 ? 2 * callsPerRead : callsPerRead)
    if (dies) return
    const outage = active('outage')
    for (let n = 0; n < extrasPerRead && !outage; n += 1) if (panel.meter.mayAlsoCall(1)) call(1)
    panel.plan.record(outage ? new ProviderError(outage.failure, 'trouble') : null)
    if (!outage) lastGoodMs = nowMs
    await panel.counter.flush()
  }

  /** The next moment at which trouble strikes by itself. */
  function nextStrike(): number {
    const strikes = troubles.flatMap((one) => {
      if (one.kind === 'outage') return []
      const untilMs = one.fromMs + one.lastsMs
      const atMs =
        nowMs < one.fromMs
          ? one.fromMs
          : one.fromMs + (Math.floor((nowMs - one.fromMs) / one.everyMs) + 1) * one.everyMs
      return atMs < untilMs ? [atMs] : []
    })
    return Math.min(Infinity, ...strikes)
  }

  function sample(untilMs: number): void {
    for (; sampleMs < untilMs; sampleMs += MINUTE_MS)
      if (office.isOpen(sampleMs)) officeAges.push(sampleMs - lastGoodMs)
  }

  /** @returns whether the timer was armed anew */
  async function strike(): Promise<boolean> {
    if (active('loss')) state.files.clear()
    if (active('crashes') || active('restarts') || active('loss')) {
      panel = await open()
      if (panel.plan.next().delayMs === 0) await read(active('crashes') !== undefined)
      return true
    }
    if (!active('touches') || nowMs - lastGoodMs < 30_000 || !panel.plan.mayReadNow()) return false
    await read()
    return true
  }

  const nextDue = (): number => nowMs + Math.max(panel.plan.next().delayMs, 1)
  let dueMs = nextDue()
  while (nowMs < life.untilMs) {
    const strikeMs = nextStrike()
    const atMs = Math.min(dueMs, strikeMs, life.untilMs)
    sample(atMs)
    nowMs = atMs
    if (nowMs >= life.untilMs) break
    if (strikeMs <= dueMs) {
      if (await strike()) dueMs = nextDue()
    } else {
      await read()
      dueMs = nextDue()
    }
  }
  return { spentByMonth, reads, officeAges: officeAges.sort((a, b) => a - b) }
}
