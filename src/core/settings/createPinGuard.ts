import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { SessionState } from '../../shared/api/admin.ts'
import { createLane } from '../async/createLane.ts'
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

/** A guess that opens nothing; `waitMs` says when the next one is allowed. `locked` was not even looked at. */
export interface RefusedGuess {
  readonly kind: 'wrong' | 'locked'
  readonly waitMs: number
}

/** How a guess ended. `unset`: no PIN was ever set, nothing anybody types is right. `unavailable`: it cannot be read. */
export type PinAnswer = RefusedGuess | { readonly kind: 'right' | 'unset' | 'unavailable' }

/** How writing a PIN ended. `unavailable`: the store did not take it. */
export interface PinWriting {
  readonly kind: 'set' | 'unavailable'
}

/** How setting the first PIN ended. `taken`: there is one already, or one that cannot be read. */
export type FirstPin = RefusedGuess | PinWriting | { readonly kind: 'taken' }

/** The lock before the settings: a PIN and a growing delay for wrong ones that survives restarts. */
export interface PinGuard {
  state(): Promise<SessionState>
  /** First start only: `taken` once a PIN exists. The set-up code is guessed at under the same delay as a PIN. */
  setFirstPin(pin: string, setupCode: string | null): Promise<FirstPin>
  changePin(pin: string): Promise<PinWriting>
  check(pin: string): Promise<PinAnswer>
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
  const inTurn = createLane()
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

  async function writePin(pin: string): Promise<PinWriting> {
    const salt = randomBytes(16)
    const { N, r, p } = COST
    const hash = await derive(pin, salt, COST)
    const record: PinRecord = { salt: salt.toString('base64'), hash: hash.toString('base64'), N, r, p }
    try {
      await secrets.write(PIN_SECRET, JSON.stringify(record))
      return { kind: 'set' }
    } catch {
      return { kind: 'unavailable' }
    }
  }

  async function guess(isRight: () => boolean | Promise<boolean>): Promise<RefusedGuess | { kind: 'right' }> {
    const mustWaitMs = await waitMs()
    if (mustWaitMs > 0) return { kind: 'locked', waitMs: mustWaitMs }
    const { count } = await readFailures()
    // Counted before it is checked: pulling the plug must not win a free guess.
    await putFailures(count + 1)
    if (!(await isRight())) {
      log.warn('a wrong PIN was entered', { attempts: count + 1 })
      return { kind: 'wrong', waitMs: await waitMs() }
    }
    await putFailures(0)
    return { kind: 'right' }
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
        if ((await readRecord()) !== 'missing') return { kind: 'taken' }
        if (setupCode !== undefined) {
          const answer = await guess(() => isSame(code ?? '', setupCode))
          if (answer.kind !== 'right') return answer
        }
        return writePin(pin)
      }),
    changePin: (pin) => inTurn(() => writePin(pin)),
    check: (pin) =>
      inTurn(async () => {
        const record = await readRecord()
        if (record === 'missing') return { kind: 'unset' }
        if (record === 'unavailable') return { kind: 'unavailable' }
        return guess(async () => {
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
