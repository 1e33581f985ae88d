import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { SessionState } from '../../shared/api/admin.ts'
import { ApiFailure } from '../api/ApiFailure.ts'
import type { CorePorts } from '../ports/CorePorts.ts'

const PIN_SECRET = 'admin.pin'
const FAILURES_KEY = 'pinFailures'
/** Wrong attempts that cost nothing; each one after that doubles the wait. */
const FREE_ATTEMPTS = 5
const FIRST_WAIT_MS = 30_000
const LONGEST_WAIT_MS = 3_600_000
/** Cost of one guess: about 64 MiB and a tenth of a second on a tablet. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 128 * 2 ** 20 }
const HASH_BYTES = 32

const recordSchema = z.object({ salt: z.string(), hash: z.string(), N: z.int(), r: z.int(), p: z.int() })
const failuresSchema = z.object({ count: z.int().min(0), lastAtMs: z.number() })

type PinRecord = z.infer<typeof recordSchema>

/** The lock before the settings: a PIN, a growing delay that survives restarts, sessions of their own. */
export interface PinGuard {
  state(): Promise<SessionState>
  /** First start only. @throws ApiFailure when a PIN exists or the set-up code is wrong */
  setFirstPin(pin: string, setupCode: string | null): Promise<void>
  changePin(pin: string): Promise<void>
  /** @throws ApiFailure `wrongPin` or `locked`, both with the wait */
  check(pin: string): Promise<void>
}

/** How long the next attempt has to wait after `count` wrong ones, counted from the last. */
export function waitAfter(count: number): number {
  if (count < FREE_ATTEMPTS) return 0
  return Math.min(FIRST_WAIT_MS * 2 ** Math.min(count - FREE_ATTEMPTS, 20), LONGEST_WAIT_MS)
}

function derive(pin: string, salt: Buffer, { N, r, p }: Pick<PinRecord, 'N' | 'r' | 'p'>): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, HASH_BYTES, { N, r, p, maxmem: COST.maxmem }, (error, key) => {
      if (error) reject(error)
      else resolve(key)
    })
  })
}

/** See {@link PinGuard}. The record lives in the secret store: its loss is told apart from "never set". */
export function createPinGuard({ secrets, state, clock, log, setupCode }: CorePorts): PinGuard {
  /** Attempts run one after the other, or a burst would slip past the count. */
  let queue: Promise<unknown> = Promise.resolve()
  let failures: z.infer<typeof failuresSchema> | null = null

  async function readRecord(): Promise<PinRecord | 'missing' | 'unavailable'> {
    const reading = await secrets.read(PIN_SECRET)
    if (reading.kind !== 'found') return reading.kind
    try {
      return recordSchema.parse(JSON.parse(reading.value))
    } catch {
      // A damaged record must not open the set-up to whoever passes by.
      return 'unavailable'
    }
  }

  async function readFailures(): Promise<z.infer<typeof failuresSchema>> {
    if (failures) return failures
    const stored = failuresSchema.safeParse(await state.read(FAILURES_KEY))
    failures = stored.success ? stored.data : { count: 0, lastAtMs: 0 }
    return failures
  }

  async function putFailures(count: number): Promise<void> {
    failures = { count, lastAtMs: clock.now() }
    try {
      await state.write(FAILURES_KEY, failures)
    } catch {
      log.warn('wrong PIN attempts not written; counting on in memory')
    }
  }

  async function waitMs(): Promise<number> {
    const { count, lastAtMs } = await readFailures()
    const wholeMs = waitAfter(count)
    // A clock set back must not lock the admin out for days.
    return Math.min(wholeMs, Math.max(0, lastAtMs + wholeMs - clock.now()))
  }

  async function writePin(pin: string): Promise<void> {
    const salt = randomBytes(16)
    const { N, r, p } = COST
    const hash = await derive(pin, salt, COST)
    const record: PinRecord = { salt: salt.toString('base64'), hash: hash.toString('base64'), N, r, p }
    try {
      await secrets.write(PIN_SECRET, JSON.stringify(record))
    } catch {
      throw new ApiFailure({ code: 'storage' })
    }
  }

  async function attempt(isRight: () => Promise<boolean>): Promise<void> {
    const mustWaitMs = await waitMs()
    if (mustWaitMs > 0) throw new ApiFailure({ code: 'locked', waitMs: mustWaitMs })
    const { count } = await readFailures()
    // Counted before it is checked: pulling the plug must not win a free guess.
    await putFailures(count + 1)
    if (!(await isRight())) {
      log.warn('a wrong PIN was entered', { attempts: count + 1 })
      throw new ApiFailure({ code: 'wrongPin', waitMs: await waitMs() })
    }
    await putFailures(0)
  }

  function inTurn(run: () => Promise<void>): Promise<void> {
    const result = queue.then(run)
    queue = result.catch(() => undefined)
    return result
  }

  return {
    async state() {
      const record = await readRecord()
      return {
        isPinSet: record !== 'missing',
        needsSetupCode: record === 'missing' && setupCode !== undefined,
        waitMs: await waitMs(),
        isUnavailable: record === 'unavailable',
      }
    },
    setFirstPin: (pin, code) =>
      inTurn(async () => {
        if ((await readRecord()) !== 'missing') throw new ApiFailure({ code: 'forbidden' })
        if (setupCode !== undefined) await attempt(() => Promise.resolve(isSame(code ?? '', setupCode)))
        await writePin(pin)
      }),
    changePin: (pin) => inTurn(() => writePin(pin)),
    check: (pin) =>
      inTurn(async () => {
        const record = await readRecord()
        if (record === 'missing') throw new ApiFailure({ code: 'forbidden' })
        if (record === 'unavailable') throw new ApiFailure({ code: 'storage' })
        await attempt(async () => {
          const hash = await derive(pin, Buffer.from(record.salt, 'base64'), record)
          return timingSafeEqual(hash, Buffer.from(record.hash, 'base64'))
        })
      }),
  }
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}
