import type { Diagnostics } from '../../../../shared/api/diagnostics.ts'
import { MINUTE_MS } from '../../../../shared/domain/duration.ts'
import type { ReleaseReport } from '../../../../shared/domain/release.ts'

/** Decisions of one working day of two rooms: kept, released, unclear, refused. */
export function releaseReports(nowMs: number): NonNullable<Diagnostics['releases']> {
  const report = (
    minutesAgo: number,
    decision: ReleaseReport['decision'],
    reasons: ReleaseReport['reasons'],
    outcome: ReleaseReport['outcome'] = null,
  ): ReleaseReport => ({
    meetingId: `meeting-${minutesAgo}`,
    startMs: nowMs - (minutesAgo + 10) * MINUTE_MS,
    decidedAtMs: nowMs - minutesAgo * MINUTE_MS,
    decision,
    reasons,
    outcome,
  })
  return [
    {
      roomId: 'room-12',
      reports: [
        report(9, 'release', ['noShow'], { kind: 'done' }),
        report(39, 'keep', ['offline', 'notShown']),
        report(99, 'release', ['noShow'], { kind: 'unclear' }),
        report(159, 'keep', ['checkedInHere']),
        report(1_599, 'release', ['noShow'], { kind: 'refused', reason: 'notOwn' }),
      ],
    },
    { roomId: 'lingyin', reports: [report(69, 'keep', ['firstSeenUnknown'])] },
  ]
}
