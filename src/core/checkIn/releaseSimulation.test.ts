import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CheckInsDeps } from './CheckInsDeps.ts'
import { decideRelease } from './decideRelease.ts'
import type { ReleaseCase } from './decideRelease.ts'
import { findUnfair } from './testing/findUnfair.ts'
import { histories } from './testing/History.ts'
import { playHistory } from './testing/playHistory.ts'

const SEED = 20_261_123

/** @returns how many rooms were given back, and the first history that ended unfairly, if one did */
async function play(runs: number, decide?: CheckInsDeps['decide']) {
  let releases = 0
  const property = fc.asyncProperty(histories, async (history) => {
    const told = await playHistory(history, decide)
    releases += told.calls.length
    const faults = findUnfair(told)
    if (faults.length > 0) throw new Error(faults.join('; '))
  })
  const result = await fc.check(property, { numRuns: runs, seed: SEED, endOnFailure: true })
  const failure = result.failed ? `${String(result.errorInstance)} ${fc.defaultReportMessage(result)}` : null
  return { failure, releases }
}

/** A judgement that forgets something; the simulation must notice every one of them. */
const forgetful: Readonly<Record<string, (one: ReleaseCase) => Partial<ReleaseCase>>> = {
  'check-ins': ({ record, meeting }) => ({
    record: record && { ...record, checkIn: null, hold: null },
    meeting: { ...meeting, platformCheckIn: 'none' },
  }),
  'what the window lacked': ({ evidence, run, window }) => ({
    evidence: evidence && { ...evidence, gaps: [], run, lastAtMs: window.untilMs },
  }),
  'when it was booked': ({ record }) => ({ record: record && { ...record, sinceMs: 0 } }),
  'series and door bookings': ({ meeting }) => ({
    meeting: { ...meeting, isRecurring: false, isOwn: false },
  }),
  'other meetings at the same time': ({ snapshot, meeting }) => ({
    snapshot: { ...snapshot, meetings: [meeting] },
  }),
  'states, all-day and length': ({ meeting }) => ({
    meeting: { ...meeting, state: 'confirmed', isAllDay: false, endMs: meeting.startMs + 1_800_000 },
  }),
}

describe('release over random histories', () => {
  it('takes no room from people who checked in, unfairly or twice; and does give rooms back', async () => {
    const { failure, releases } = await play(2_000)
    expect(failure).toBeNull()
    // Where nothing is ever released, nothing is proved.
    expect(releases).toBeGreaterThan(100)
  }, 120_000)

  it.each(Object.entries(forgetful))(
    'notices a judgement that forgets %s',
    async (_name, forget) => {
      const { failure } = await play(1_500, (one) => decideRelease({ ...one, ...forget(one) }))
      expect(failure).not.toBeNull()
    },
    120_000,
  )
})
