import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createSingleInstance } from '../createSingleInstance.ts'
import { emitPreventable, KnownEvents, knownApi, told } from '../knownApi.ts'
import type { Tell } from '../knownApi.ts'
import type { StandInOptions } from '../wire.ts'

/** What the application object needs of its surroundings. */
export interface AppDeps {
  readonly options: StandInOptions
  readonly tell: Tell
  /** Asks every window to close. @returns false when one refused */
  readonly closeAllWindows: () => boolean
  /** Ends the process for good. */
  readonly end: (code: number) => void
}

const events = [
  'will-finish-launching',
  'ready',
  'window-all-closed',
  'before-quit',
  'will-quit',
  'quit',
  'second-instance',
  'activate',
  'web-contents-created',
  'browser-window-created',
  'browser-window-blur',
  'browser-window-focus',
  'child-process-gone',
  'render-process-gone',
  'certificate-error',
  'select-client-certificate',
  'login',
  'gpu-info-update',
  'accessibility-support-changed',
  'session-created',
]

/** Promises a gesture the app must not need: a supervisor restarts it, nobody answers its questions. */
const forbidden = ['relaunch', 'showAboutPanel', 'setBadgeCount'] as const

function commandLineOf(args: readonly string[], tell: Tell) {
  const given = new Map(
    args.flatMap((arg): [string, string][] => {
      const [, name, value = ''] = /^--([^=]+)(?:=(.*))?$/.exec(arg) ?? []
      return name === undefined ? [] : [[name, value]]
    }),
  )
  return knownApi(
    'app.commandLine',
    {
      hasSwitch: (name: string) => given.has(name),
      getSwitchValue: (name: string) => given.get(name) ?? '',
      appendSwitch: (name: string, value = '') => {
        tell('app.commandLine.appendSwitch', name, value)
        given.set(name, value)
      },
      appendArgument: (value: string) => tell('app.commandLine.appendArgument', value),
      removeSwitch: (name: string) => {
        tell('app.commandLine.removeSwitch', name)
        given.delete(name)
      },
    },
    tell,
  )
}

function pathsOf({ homeDirectory, appPath, args }: StandInOptions): Record<string, string> {
  const flag = args.find((arg) => arg.startsWith('--user-data-dir='))?.slice('--user-data-dir='.length)
  const appData = join(homeDirectory, '.config')
  const userData = flag ?? join(appData, 'doorplate')
  return {
    home: homeDirectory,
    appData,
    userData,
    sessionData: userData,
    temp: join(homeDirectory, 'tmp'),
    logs: join(userData, 'logs'),
    crashDumps: join(userData, 'Crashpad'),
    exe: process.execPath,
    module: process.execPath,
    desktop: join(homeDirectory, 'Desktop'),
    documents: join(homeDirectory, 'Documents'),
    downloads: join(homeDirectory, 'Downloads'),
    app: appPath,
  }
}

/** The `app` module: life cycle, paths, switches, the single instance. */
export function createApp({ options, tell, closeAllWindows, end }: AppDeps) {
  const paths = pathsOf(options)
  const instance = createSingleInstance(() => paths['userData'] ?? options.homeDirectory)
  const app = new KnownEvents('app', events, tell)
  let isReady = false
  let isEnding = false
  let markReady = (): void => undefined
  const ready = new Promise<void>((resolve) => (markReady = resolve))

  const beforeReady =
    (name: string) =>
    (...args: unknown[]): void => {
      tell(`app.${name}`, ...args)
      if (isReady) throw new Error(`app.${name} can only be called before the app is ready`)
    }

  function exit(code = 0): void {
    if (isEnding) return
    isEnding = true
    tell('app.exit', code)
    app.emit('quit', {}, code)
    instance.release()
    end(code)
  }

  function quit(): void {
    if (isEnding) return
    tell('app.quit')
    if (emitPreventable(app, 'before-quit', {}) || !closeAllWindows()) return
    if (!emitPreventable(app, 'will-quit', {})) exit(0)
  }

  const members = {
    isPackaged: false,
    name: 'Doorplate',
    commandLine: commandLineOf(options.args, tell),
    whenReady: () => ready,
    isReady: () => isReady,
    exit,
    quit,
    getPath(name: string): string {
      const path = paths[name]
      if (path === undefined) throw new Error(`Failed to get '${name}' path`)
      return path
    },
    setPath(name: string, path: string): void {
      tell('app.setPath', name, path)
      if (!(name in paths)) throw new Error(`Failed to set path '${name}'`)
      mkdirSync(path, { recursive: true })
      paths[name] = path
    },
    setAppLogsPath: (path = join(paths['userData'] ?? '', 'logs')) => {
      paths['logs'] = path
    },
    getAppPath: () => options.appPath,
    getVersion: () => options.version,
    getName: () => 'Doorplate',
    getLocale: () => 'en-US',
    getSystemLocale: () => 'en-US',
    getPreferredSystemLanguages: () => ['en-US'],
    getLocaleCountryCode: () => 'US',
    enableSandbox: beforeReady('enableSandbox'),
    disableHardwareAcceleration: beforeReady('disableHardwareAcceleration'),
    disableDomainBlockingFor3DAPIs: beforeReady('disableDomainBlockingFor3DAPIs'),
    requestSingleInstanceLock(data: unknown = {}): boolean {
      const got = instance.request(data, (argv, cwd, sent) =>
        app.emit('second-instance', {}, argv, cwd, sent),
      )
      tell('app.requestSingleInstanceLock', got)
      return got
    },
    hasSingleInstanceLock: () => instance.isHeld(),
    releaseSingleInstanceLock: () => instance.release(),
    getLoginItemSettings: () => ({ openAtLogin: false }),
    getGPUFeatureStatus: () => ({ gpu_compositing: 'enabled' }),
    getAppMetrics: () => [],
    ...told(
      'app',
      [
        'setLoginItemSettings',
        'setAppUserModelId',
        'configureHostResolver',
        'focus',
        'hide',
        'show',
        'setName',
        'setAboutPanelOptions',
        'setProxy',
        'setDesktopName',
      ],
      tell,
    ),
    ...told('forbidden app', forbidden, tell),
  }

  return {
    app: knownApi('app', Object.assign(app, members), tell, ['dock']),
    paths,
    /** The app's code has run: Electron is ready now. */
    becomeReady(): void {
      isReady = true
      app.emit('will-finish-launching', {})
      markReady()
      app.emit('ready', {}, {})
    },
    isReady: () => isReady,
    windowsAreClosed(): void {
      if (app.listenerCount('window-all-closed') > 0) app.emit('window-all-closed')
      else quit()
    },
  }
}
