import type { CheckReport } from '../../shared/api/admin.ts'
import type { CorePorts } from '../ports/CorePorts.ts'
import type { Settings } from '../../shared/settings/schema.ts'
import { secretsOf } from '../settings/secretNames.ts'

/** What the checks look at. */
export interface CheckDeps extends Pick<CorePorts, 'secrets' | 'state' | 'clock'> {
  readonly settings: Settings | null
  readonly serverTimeOffsetMs: number
  /** Number of rooms whose last read succeeded. */
  readonly healthyRooms: number
}

/** A device clock this far off is worth the admin's time: TLS and booking times suffer first. */
const CLOCK_WARNING_MS = 5_000

/** Named checks an operator can run: each says passed, warning or failed and one fact. */
export async function runChecks(deps: CheckDeps): Promise<readonly CheckReport[]> {
  const { settings, serverTimeOffsetMs, healthyRooms } = deps
  return [
    { check: 'settings', outcome: settings ? 'passed' : 'failed', fact: null },
    await checkSecrets(deps),
    {
      check: 'clock',
      outcome: Math.abs(serverTimeOffsetMs) < CLOCK_WARNING_MS ? 'passed' : 'warning',
      fact: { kind: 'clockOffset', offsetMs: serverTimeOffsetMs },
    },
    await checkDisk(deps),
    {
      check: 'connection',
      outcome: settings?.rooms.length === healthyRooms ? 'passed' : 'failed',
      fact: settings && { kind: 'roomsRead', count: healthyRooms, bound: settings.rooms.length },
    },
  ]
}

async function checkSecrets({ settings, secrets }: CheckDeps): Promise<CheckReport> {
  const strength = await secrets.strength()
  const readings = await Promise.all(
    (settings ? secretsOf(settings.account) : []).map((name) => secrets.read(name)),
  )
  const areReadable = readings.every(({ kind }) => kind === 'found')
  const outcome = !areReadable ? 'failed' : strength === 'sealed' ? 'passed' : 'warning'
  return { check: 'secrets', outcome, fact: { kind: 'secretStrength', strength } }
}

async function checkDisk({ state, clock }: CheckDeps): Promise<CheckReport> {
  const written = { atMs: clock.now() }
  try {
    await state.write('diskCheck', written)
    const read = await state.read('diskCheck')
    return {
      check: 'disk',
      outcome: JSON.stringify(read) === JSON.stringify(written) ? 'passed' : 'failed',
      fact: null,
    }
  } catch {
    return { check: 'disk', outcome: 'failed', fact: null }
  }
}
