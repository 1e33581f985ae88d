import { spawnSync } from 'node:child_process'
import { chmod, copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openXvfb } from '../../e2e/electron/openXvfb.ts'
import { prepareRuntime } from '../../e2e/electron/prepareRuntime.ts'
import type { FoundElectron } from '../../e2e/electron/prepareRuntime.ts'
import { SIMULATED_SECRETS, wecomSettings } from '../../e2e/fixtures/panelSettings.ts'
import { writePanelFiles } from '../../e2e/fixtures/panelFiles.ts'
import { buildBootstrap, bundle, bundleFolder } from '../../e2e/standIn/buildBootstrap.ts'
import { createTravelClock } from '../../e2e/time/travelClock.ts'
import { createSimulator } from '../../simulator/createSimulator.ts'
import { root } from '../Workbench.ts'
import { writeEmptyApp } from './emptyApp.ts'
import { launchApp } from './launchApp.ts'
import type { MeasuredApp } from './launchApp.ts'

/** The two apps that are measured beside each other. */
export type AppName = 'doorplate' | 'empty'

/** Both apps on one runtime, ready to be started as often as wanted. */
export interface Stage {
  /** Whether the machine forgets its files for a cold start, which takes root. */
  readonly canForgetFiles: boolean
  readonly start: (name: AppName) => Promise<MeasuredApp>
  /** The same, with nothing of it in memory: neither the runtime's files nor a profile of an earlier start. */
  readonly startCold: (name: AppName) => Promise<MeasuredApp>
  /** Moves the simulated office's time and the app's together. */
  advance(app: MeasuredApp, ms: number): Promise<void>
  /** Our app on travelling time. */
  startOnTravel(): Promise<MeasuredApp>
  close(): Promise<void>
}

const SCREEN = { width: 1280, height: 800 }
/** Office hours that never end: the panel reads as often as it ever does. */
const officeHours = { days: [0, 1, 2, 3, 4, 5, 6], from: '00:00', until: '23:59' }

/** Writes back and forgets every cached file. @returns whether it was allowed to */
const forgetFiles = (): boolean =>
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  spawnSync('sh', ['-c', 'sync; echo 3 > /proc/sys/vm/drop_caches'], { stdio: 'ignore' }).status === 0

/** Lays out both apps, a screen and a simulated office. */
export async function openStage(electron: FoundElectron): Promise<Stage> {
  await buildBootstrap()
  await bundle('bench/runtime/probe.ts', 'benchProbe.cjs', 'cjs')
  const { runtime, remove } = await prepareRuntime(electron, root)
  const folder = await mkdtemp(join(tmpdir(), 'doorplate-bench-'))
  await chmod(folder, 0o755)
  // Where the runtime's user may read it: the clone may be closed to others.
  const probe = join(folder, 'probe.cjs')
  await copyFile(join(bundleFolder, 'benchProbe.cjs'), probe)
  const emptyFolder = join(folder, 'app')
  await writeEmptyApp(emptyFolder)
  const clock = createTravelClock(Date.now())
  const simulator = createSimulator({ now: () => clock.now(), seed: 'day' })
  const { url } = await simulator.listen(0)
  const screen = await openXvfb(SCREEN)
  const home = (name: AppName): string => join(folder, name)

  async function makeProfile(name: AppName): Promise<void> {
    await rm(home(name), { recursive: true, force: true })
    await mkdir(home(name))
    if (name === 'empty') return
    const settings = wecomSettings(url, { officeHours })
    await writePanelFiles({ folder: home(name), settings, secrets: SIMULATED_SECRETS }, 'sealed')
  }

  async function launch(name: AppName, aheadMs: number | null = null): Promise<MeasuredApp> {
    // So many starts in a row look like a crash loop, which the panel answers with a pause.
    await rm(join(home(name), 'userData', 'run'), { recursive: true, force: true })
    if (runtime.userId !== null) spawnSync('chown', ['-R', `${runtime.userId}:${runtime.userId}`, home(name)])
    return launchApp({
      runtime,
      preloads: [probe, runtime.preload],
      appFolder: name === 'empty' ? emptyFolder : runtime.appFolder,
      folder: home(name),
      screen,
      args: [
        name === 'empty'
          ? `--user-data-dir=${join(home(name), 'userData')}`
          : `--user-data=${join(home(name), 'userData')}`,
      ],
      aheadMs,
    })
  }

  await makeProfile('doorplate')
  await makeProfile('empty')
  return {
    canForgetFiles: forgetFiles(),
    start: (name) => launch(name),
    async startCold(name) {
      if (!forgetFiles()) await makeProfile(name)
      return launch(name)
    },
    async advance(app, ms) {
      clock.advance(ms)
      await app.advance(ms)
    },
    startOnTravel: () => launch('doorplate', clock.now() - Date.now()),
    async close() {
      await screen.close()
      await simulator.close()
      await rm(folder, { recursive: true, force: true })
      await remove()
    },
  }
}
