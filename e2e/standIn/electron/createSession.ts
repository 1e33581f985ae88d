import { KnownEvents, knownApi, told } from '../knownApi.ts'
import type { Tell } from '../knownApi.ts'
import type { Activity } from '../../time/createActivity.ts'
import { createChromiumFetch } from './createChromiumFetch.ts'
import type { ChromiumFetch } from './createChromiumFetch.ts'
import { createFetch } from './createNet.ts'

type Verdict = (...args: never[]) => unknown

const events = [
  'will-download',
  'preconnect',
  'spellcheck-dictionary-initialized',
  'select-serial-port',
  'select-hid-device',
  'select-usb-device',
]

/** Handlers a session lets the app set; a test asks them as Electron would. */
const settable = [
  'setPermissionRequestHandler',
  'setPermissionCheckHandler',
  'setDevicePermissionHandler',
  'setDisplayMediaRequestHandler',
  'setUSBProtectedClassesHandler',
  'setBluetoothPairingHandler',
  'setCertificateVerifyProc',
] as const

const noted = [
  'setSpellCheckerEnabled',
  'setSpellCheckerLanguages',
  'setUserAgent',
  'setDownloadPath',
  'enableNetworkEmulation',
  'disableNetworkEmulation',
] as const

const awaited = [
  'clearCache',
  'clearCodeCaches',
  'clearData',
  'clearStorageData',
  'clearAuthCache',
  'clearHostResolverCache',
  'flushStorageData',
  'forceReloadProxyConfig',
  'setProxy',
] as const

/** What every session has: connections of its own. */
function createLines(api: string, chromium: ChromiumFetch, tell: Tell, activity: Activity) {
  return {
    fetch: createFetch(`${api}.fetch`, chromium, tell, activity),
    closeAllConnections() {
      tell(`${api}.closeAllConnections`)
      chromium.closeIdle()
      return Promise.resolve()
    },
  }
}

/** Sessions without pages, by partition: they carry requests and nothing else. */
function createPartitions(tell: Tell, activity: Activity) {
  const opened = new Map<string, object>()
  return (partition: string): object => {
    const found = opened.get(partition)
    if (found) return found
    const api = `session ${partition}`
    const made = knownApi(api, createLines(api, createChromiumFetch(), tell, activity), tell)
    opened.set(partition, made)
    return made
  }
}

/** What {@link createSession} works with. */
export interface SessionDeps {
  readonly protocol: object
  /** The default session's connections. */
  readonly chromium: ChromiumFetch
  readonly tell: Tell
  readonly activity: Activity
}

/** The default session, which the stand-in's windows all share whatever partition they ask for, and those of partitions. */
export function createSession({ protocol, chromium, tell, activity }: SessionDeps) {
  const handlers = new Map<string, Verdict>()
  const setters = Object.fromEntries(
    settable.map((name) => [
      name,
      (handler: Verdict | null) => {
        tell(`session.${name}`, handler === null ? null : 'handler')
        if (handler === null) handlers.delete(name)
        else handlers.set(name, handler)
      },
    ]),
  )
  const request = (name: string) => ({
    [name]: (...args: unknown[]) => {
      tell(`session.webRequest.${name}`)
      const listener = args.at(-1)
      if (typeof listener === 'function') handlers.set(name, listener as Verdict)
      else handlers.delete(name)
    },
  })
  const session = Object.assign(new KnownEvents('session', events, tell), {
    ...setters,
    ...told('session', noted, tell),
    ...told('session', awaited, tell, Promise.resolve()),
    ...createLines('session', chromium, tell, activity),
    protocol,
    webRequest: knownApi(
      'session.webRequest',
      { ...request('onBeforeRequest'), ...request('onHeadersReceived'), ...request('onBeforeSendHeaders') },
      tell,
    ),
    isPersistent: () => true,
    getUserAgent: () => 'Doorplate stand-in',
    getCacheSize: () => Promise.resolve(0),
    resolveProxy: () => Promise.resolve('DIRECT'),
  })
  const known = knownApi('session', session, tell)

  /** What the app would say to a page that asks for a permission; null where it set no handler, so Electron says yes. */
  function askPermission(contents: unknown, permission: string): Promise<boolean | null> {
    const handler = handlers.get('setPermissionRequestHandler')
    if (!handler) return Promise.resolve(null)
    return new Promise((resolve) => {
      handler(...([contents, permission, resolve, { isMainFrame: true, requestingUrl: '' }] as never[]))
    })
  }

  const answers: Readonly<Record<string, (...args: unknown[]) => unknown>> = {
    permission: (contents, name) => askPermission(contents, String(name)),
    permissionCheck: (contents, name) =>
      handlers.get('setPermissionCheckHandler')?.(...([contents, name, '', {}] as never[])) ?? null,
    device: () =>
      handlers.get('setDevicePermissionHandler')?.(...([{ deviceType: 'usb' }] as never[])) ?? null,
    /** A page starts a download: whether the app stopped it. */
    download: (contents) => {
      let isPrevented = false
      const item = { cancel: () => (isPrevented = true), getURL: () => 'app://panel/file' }
      session.emit('will-download', { preventDefault: () => (isPrevented = true) }, item, contents)
      return isPrevented
    },
  }

  return {
    /** The `session` module. */
    module: knownApi(
      'session module',
      { defaultSession: known, fromPartition: createPartitions(tell, activity) },
      tell,
    ),
    session: known,
    answers,
  }
}
