import { app, net, safeStorage, session } from 'electron'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { createSystemClock } from '../../core/clock/systemClock.ts'
import type { OperatorCommand } from '../../core/commands/OperatorCommand.ts'
import { checkFonts } from '../../core/doctor/checkMachine.ts'
import { createNetworkProbe } from '../../core/doctor/createNetworkProbe.ts'
import type { NetworkProbeDeps } from '../../core/doctor/createNetworkProbe.ts'
import { found } from '../../core/doctor/Finding.ts'
import { probeDisk } from '../../core/doctor/probeDisk.ts'
import { runDoctor } from '../../core/doctor/runDoctor.ts'
import type { DoctorDeps } from '../../core/doctor/runDoctor.ts'
import { tellFindings } from '../../core/doctor/tellFindings.ts'
import { runCommand } from '../../core/machine/RunCommand.ts'
import { createSeal } from '../adapters/createSeal.ts'
import { createNetHttp } from '../adapters/netHttp.ts'
import { endWith } from '../launch/runCommand.ts'
import { checkGraphics } from './checkGraphics.ts'
import { checkInstance } from './checkInstance.ts'
import { checkKeyring } from './checkKeyring.ts'
import { checkSandbox } from './checkSandbox.ts'
import { hasScreen } from './hasScreen.ts'
import { findOwner, programOf, readLink, readPanelAccount, readTextOrNull } from './probeFiles.ts'

type DoctorCommand = Extract<OperatorCommand, { kind: 'doctor' }>

/** As long as the panel itself waits for it. */
const KEY_STORE_TIMEOUT_MS = 10_000

/** What only Chromium can say: its network, its graphics, its key store. */
interface ChromiumSide {
  readonly network: Pick<NetworkProbeDeps, 'http' | 'findProxy' | 'isPanelsTrust'>
  readonly keyring: NonNullable<DoctorDeps['hostChecks']['keyring']>
  readonly compositing: () => string | null
}

function withChromium(): ChromiumSide {
  const clock = createSystemClock()
  const timeoutMs = KEY_STORE_TIMEOUT_MS
  const seal = createSeal({ safeStorage, clock, platform: process.platform, timeoutMs })
  return {
    network: {
      isPanelsTrust: true,
      http: createNetHttp({
        fetch: (input, init) => net.fetch(input, init),
        // The doctor only reads.
        openWriteSession: () => session.defaultSession,
      }),
      findProxy: async (url) => {
        const [, proxy = null] =
          /^(?:PROXY|HTTPS|SOCKS5?) ([^;\s]+)/.exec(await session.defaultSession.resolveProxy(url)) ?? []
        return proxy
      },
    },
    keyring: () => checkKeyring(seal, timeoutMs),
    compositing: () => app.getGPUFeatureStatus().gpu_compositing,
  }
}

/** Without a screen Chromium cannot be started; Node asks the network in its place, by its own list of roots. */
const withoutChromium = (): ChromiumSide => ({
  network: {
    isPanelsTrust: false,
    http: { fetch: (input, init) => fetch(input, init) },
    findProxy: () => Promise.resolve(null),
  },
  keyring: () => found('unknown', 'needsScreen'),
  compositing: () => null,
})

function depsOf(folder: string, { network, keyring, compositing }: ChromiumSide): DoctorDeps {
  const clock = createSystemClock()
  const { platform } = process
  const program = basename(process.execPath)
  const memoryFile = join(folder, 'run', 'graphics.json')
  return {
    clock,
    platform,
    run: runCommand,
    network: createNetworkProbe({ ...network, clock, ignoredProxy: null }),
    readAccount: () => readPanelAccount(folder),
    probeDisk: () => probeDisk(folder),
    hostChecks: {
      instance: () => checkInstance({ platform, folder, program, readLink, programOf }),
      keyring,
      sandbox: () =>
        checkSandbox({
          platform,
          args: process.argv,
          userId: process.getuid?.() ?? null,
          programFolder: dirname(process.execPath),
          run: runCommand,
          findOwner,
          readText: readTextOrNull,
        }),
      gpu: async () => {
        const text = await readTextOrNull(memoryFile)
        const memory = text === null ? null : { file: memoryFile, text }
        return checkGraphics({ compositing: compositing(), memory })
      },
      fonts: () => checkFonts(platform, runCommand),
    },
  }
}

const OWN_PREFIX = 'doorplate-doctor-'

function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch {
    // Somebody else's, or in use.
  }
}

/** A folder for Chromium's files. What it still wrote into the one of an earlier run while it ended is removed here. */
function makeOwnFolder(): string {
  for (const name of readdirSync(tmpdir())) if (name.startsWith(OWN_PREFIX)) remove(join(tmpdir(), name))
  return mkdtempSync(join(tmpdir(), OWN_PREFIX))
}

async function languageOf(folder: string, { language }: DoctorCommand) {
  return language ?? (await readPanelAccount(folder)).settings?.display.language ?? 'zh-CN'
}

/**
 * Looks at the machine and ends the process. A running panel is not touched: Chromium gets a folder of its own, and the
 * panel's is only read.
 */
export async function runDoctorCommand(command: DoctorCommand, userDataFolder: string | null): Promise<void> {
  const folder = userDataFolder ?? app.getPath('userData')
  const own = makeOwnFolder()
  app.setPath('userData', own)
  app.setPath('sessionData', own)

  async function examine(chromium: ChromiumSide): Promise<void> {
    const findings = await runDoctor(depsOf(folder, chromium))
    const { isJson } = command
    const language = await languageOf(folder, command)
    const answer = tellFindings(findings, { language, isJson, version: app.getVersion() })
    remove(own)
    await endWith(answer)
  }

  if (await hasScreen(process.platform, process.env)) {
    // Not waited for: Chromium only becomes ready once the file that asked has ended.
    void app.whenReady().then(() => examine(withChromium()))
  } else await examine(withoutChromium())
}
