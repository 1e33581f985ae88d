import type { ElectronApplication } from '@playwright/test'
import type { VirtualScreen } from './VirtualScreen.ts'

/** One process of the running app. */
export interface AppProcess {
  readonly pid: number
  /** Electron's name for its kind: `Browser`, `Tab`, `GPU`, `Utility`. */
  readonly type: string
  /** What a utility process does, e.g. `network.mojom.NetworkService`; empty for the others. */
  readonly service: string
}

/** A running app on the real Electron, as far as a test gets behind its page. */
export interface ElectronRun {
  readonly app: ElectronApplication
  readonly screen: VirtualScreen
  /** All it may write to. */
  readonly folder: string
  readonly userData: string
  /** The main process. */
  readonly pid: number
  /** Settles with the main process's exit code; null where a signal ended it. */
  readonly ended: Promise<number | null>
  readonly isRunning: () => boolean
  processes(): Promise<readonly AppProcess[]>
}

/** @param app just started */
export function followRun(
  app: ElectronApplication,
  places: Pick<ElectronRun, 'screen' | 'folder' | 'userData'>,
): ElectronRun {
  const child = app.process()
  return {
    ...places,
    app,
    pid: child.pid ?? 0,
    ended: new Promise((resolve) => child.once('exit', resolve)),
    // Playwright forgets the process of an app that ended.
    isRunning: () => child.exitCode === null && child.signalCode === null,
    processes: () =>
      app.evaluate(({ app: electronApp }) =>
        electronApp
          .getAppMetrics()
          .map(({ pid, type, serviceName = '' }) => ({ pid, type, service: serviceName })),
      ),
  }
}

/**
 * The value of an expression in the page the window shows now, asked through the main process: Playwright gives a page up
 * once its process crashed, however often it is loaded again.
 * @returns null while nobody answers
 */
export function askPage({ app }: ElectronRun, expression: string): Promise<unknown> {
  const patience = new Promise<null>((resolve) => setTimeout(() => resolve(null), ANSWER_MS))
  const answer = app.evaluate(
    ({ BrowserWindow }, code): Promise<unknown> =>
      BrowserWindow.getAllWindows().at(-1)?.webContents.executeJavaScript(code) ?? Promise.resolve(null),
    expression,
  )
  return Promise.race([answer.catch(() => null), patience])
}

/** A page that is dead or stopped never answers. */
const ANSWER_MS = 300

/** What the door says at this moment; null while nothing is shown. */
export const doorStatus = (run: ElectronRun): Promise<unknown> =>
  askPage(run, `document.querySelector('[data-testid="panel"]')?.getAttribute('data-status') ?? null`)
