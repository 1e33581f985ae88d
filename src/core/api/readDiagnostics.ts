import type { Diagnostics } from '../../shared/api/diagnostics.ts'
import type { CorePorts } from '../ports/CorePorts.ts'
import type { RunningSite } from '../runtime/assembleSite.ts'
import type { ServerTime } from '../time/createServerTime.ts'

/** What {@link readDiagnostics} works with. */
export interface DiagnosticsDeps {
  readonly ports: Pick<CorePorts, 'version' | 'readUpdates' | 'secrets'>
  readonly time: ServerTime
  readonly startedAtMs: number
}

/** The diagnostics page: facts to act on; no title, name or secret. */
export async function readDiagnostics(
  { ports, time, startedAtMs }: DiagnosticsDeps,
  running: RunningSite,
): Promise<Diagnostics> {
  const { site, checkIns } = running
  const { account, rooms } = running.settings()
  return {
    version: ports.version,
    ...(ports.readUpdates ? { updates: await ports.readUpdates() } : {}),
    platform: account.platform,
    nowMs: time.now(),
    startedAtMs,
    serverTimeOffsetMs: time.offsetMs(),
    nextReadAtMs: site.nextReadAtMs(),
    plannedIntervalMs: site.plan.current()?.intervalMs ?? null,
    budget: site.plan.report(),
    rooms: rooms.flatMap(({ id }) => {
      const snapshot = site.snapshot(id)
      if (snapshot === null) return []
      const { health, fetchedAtMs } = snapshot
      return [{ id, health, fetchedAtMs, shown: running.shown(id)?.kind ?? 'unknown' }]
    }),
    releases: rooms.map(({ id }) => ({ roomId: id, reports: checkIns.reports(id) })),
    lastFailure: site.lastFailure(),
    secretStrength: await ports.secrets.strength(),
  }
}
