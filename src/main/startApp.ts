import { app } from 'electron'
import { exitCodes } from '../core/Core.ts'
import { createCore } from '../core/createCore.ts'
import { provision } from '../core/provisioning/provision.ts'
import { createNodeStorageFs } from '../core/storage/StorageFs.ts'
import { createPorts } from './createPorts.ts'
import type { Run } from './createRun.ts'
import { createStartHistory } from './healing/createStartHistory.ts'
import { claimInstance, isHeldByLiving, makeStandInFolder } from './lifecycle/claimInstance.ts'
import { createFolderFs, explainFolderTrouble, findFolderTrouble } from './lifecycle/folderTrouble.ts'
import { keepStarting } from './lifecycle/keepStarting.ts'
import { watchFolder } from './lifecycle/watchFolder.ts'
import { openPanel } from './openPanel.ts'
import { prepareProcess } from './prepareProcess.ts'
import { serveScreen } from './serveScreen.ts'
import { sayUpdates } from './updates/sayUpdates.ts'

/**
 * Starts the panel, phase by phase; what a phase does stands in the file it calls. What goes wrong in one is caught by the
 * traps that the first one sets.
 */
export async function startApp(run: Run): Promise<void> {
  // Before ready: nothing may be waited for.
  prepareProcess(run)

  // Single instance: the first one keeps the door.
  if (!holdInstance(run)) return
  const starts = createStartHistory(run)
  run.exit.before((code) => {
    if (code === exitCodes.stayDown) {
      starts.noteWantedEnd()
      run.keptTree?.journal.noteWantedEnd()
    }
    return Promise.resolve()
  })

  // Ready.
  await app.whenReady()
  await starts.pauseAfterTrouble()

  if (run.keptTree !== null) void sayUpdates(run.keptTree.updates, run.log.child('updates'))

  // Core: wired, not started.
  const ports = createPorts(run)
  const core = createCore(ports)

  // Window: the screen comes before the settings, which may wait for a keyring.
  serveScreen(run, core)
  openPanel(run, core, () => {
    starts.forgetTrouble()
    run.keptTree?.journal.noteWell()
  })

  // Run.
  const { provisionFile } = run.options
  await provision({
    ...ports,
    // Where a fleet's operator lays it without changing how the panel is started.
    file: provisionFile ?? run.pathOf('provisioning.json'),
    isNamed: provisionFile !== null,
    fs: createNodeStorageFs(),
    device: run.device,
  })
  await keepStarting({ core, clock: run.clock, log: run.log, isExiting: run.exit.isRequested })
}

/** @returns false when this process must go */
function holdInstance(run: Run): boolean {
  const { options, clock, log, exit, folderTrouble } = run
  const claim = claimInstance({
    app,
    trouble: folderTrouble,
    isHeld: isHeldByLiving,
    standIn: makeStandInFolder,
  })
  if (folderTrouble !== null) {
    const sentence = explainFolderTrouble(folderTrouble)
    process.stderr.write(`doorplate: ${sentence}\n`)
    log.error(sentence)
  }
  switch (claim) {
    case 'taken':
      log.warn('another Doorplate runs with this folder, or its lock was left behind')
      run.keptTree?.journal.noteWantedEnd()
      exit.request(exitCodes.alreadyRunning, 'the single-instance lock is taken')
      return false
    case 'nowhere':
      exit.request(exitCodes.folderUnwritable, 'no folder can be written')
      return false
    case 'aside':
    case 'ours': {
      if (folderTrouble === null) return true
      const look = () => findFolderTrouble(folderTrouble.folder, createFolderFs())
      watchFolder({
        ...{ clock, log, exit, look },
        isSupervised: options.isSupervised,
        isAside: claim === 'aside',
      })
      return true
    }
  }
}
