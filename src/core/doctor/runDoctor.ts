import type { Settings } from '../../shared/settings/schema.ts'
import type { RunCommand } from '../machine/RunCommand.ts'
import type { Clock } from '../ports/Clock.ts'
import { errorCode } from '../storage/StorageFs.ts'
import { askTimeSync, judgeDisk } from './checkMachine.ts'
import type { DiskFacts } from './checkMachine.ts'
import { askNetwork, judgeCertificates, judgeClock, judgeDns, judgeProxy } from './checkNetwork.ts'
import { checkIds, found } from './Finding.ts'
import type { CheckId, Finding } from './Finding.ts'
import type { NetworkProbe } from './NetworkProbe.ts'
import type { ReadAccount } from './readAccount.ts'

/** A check of one host only, such as the graphics of a panel. It may look at the settings, where there are some. */
export type HostCheck = (settings: Settings | null) => Finding | Promise<Finding>

/** What the doctor asks. */
export interface DoctorDeps {
  readonly clock: Clock
  readonly platform: NodeJS.Platform
  readonly run: RunCommand
  readonly network: NetworkProbe
  readonly readAccount: () => Promise<ReadAccount>
  readonly probeDisk: () => Promise<DiskFacts>
  /** Beside those every host has. */
  readonly hostChecks: Readonly<Partial<Record<CheckId, HostCheck>>>
}

/** What was found of one check. */
export interface CheckedFinding extends Finding {
  readonly check: CheckId
}

/** Longer than the ten seconds a key store gets, and than a command of the system. */
const DEADLINE_MS = 15_000

/** Ends in time, whatever the check waits for. */
function inTime(clock: Clock, check: () => Finding | Promise<Finding>): Promise<Finding> {
  return new Promise((resolve) => {
    const overdue = found('fail', 'overdue', { seconds: DEADLINE_MS / 1000 })
    const cancel = clock.schedule(DEADLINE_MS, () => resolve(overdue))
    void Promise.resolve()
      .then(check)
      .catch((error: unknown) => found('unknown', 'failed', { code: errorCode(error) || 'error' }))
      .then((finding) => {
        cancel()
        resolve(finding)
      })
  })
}

/** Looks at everything at once; each check ends in time. Nothing of a running panel is touched. Never rejects. */
export async function runDoctor(deps: DoctorDeps): Promise<readonly CheckedFinding[]> {
  const { clock, platform, run, network } = deps
  const { settings, finding } = await deps.readAccount()
  const asked = settings === null ? null : askNetwork(network, settings.account.baseUrl)
  // Every check of the network waits for it and has its own deadline.
  void asked?.catch(() => undefined)
  const zone = settings?.timeZone ?? 'Asia/Shanghai'
  const ofNetwork = (judge: Parameters<typeof judgeNetwork>[1]) => () => judgeNetwork(asked, judge)
  const checks: Partial<Record<CheckId, () => Finding | Promise<Finding>>> = {
    settings: () => finding,
    disk: async () => judgeDisk(await deps.probeDisk()),
    clock: async () => judgeClock(asked && (await asked), await askTimeSync(platform, run), zone),
    dns: ofNetwork(judgeDns),
    proxy: ofNetwork(judgeProxy),
    certificates: ofNetwork(judgeCertificates),
  }
  for (const id of checkIds) {
    const check = deps.hostChecks[id]
    if (check) checks[id] = () => check(settings)
  }
  const findings = await Promise.all(
    checkIds.map(async (id): Promise<readonly CheckedFinding[]> => {
      const check = checks[id]
      return check ? [{ check: id, ...(await inTime(clock, check)) }] : []
    }),
  )
  return findings.flat()
}

async function judgeNetwork(
  asked: ReturnType<typeof askNetwork> | null,
  judge: typeof judgeDns,
): Promise<Finding> {
  return asked === null ? found('unknown', 'noAccount') : judge(await asked)
}
