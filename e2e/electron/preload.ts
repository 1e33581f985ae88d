import { createRequire } from 'node:module'
import { createSafeStorage } from '../standIn/electron/createSafeStorage.ts'
import type { SealingMode } from '../standIn/wire.ts'
import { createActivity } from '../time/createActivity.ts'
import { patchGlobalTime } from '../time/patchGlobalTime.ts'
import { realTime } from '../time/travelClock.ts'

// Loaded by `electron -r` before the app itself: travelling time from the first moment on, and what an older runtime lacks.
// `launchElectronDisplay` names the variables and the global.

interface Carrier {
  fetch(input: string, init?: RequestInit): Promise<Response>
}

interface ElectronParts {
  readonly app: { isReady(): boolean }
  readonly net: Carrier
  readonly session: { fromPartition(name: string, options?: object): Carrier }
  readonly safeStorage: object
  readonly BrowserWindow: { readonly prototype: { loadURL: LoadUrl } }
}

type LoadUrl = (this: unknown, url: string) => Promise<void>

// Asked for by name at run time: where Electron is not running, the package would try to fetch it.
const electron = createRequire(process.execPath)('electron') as ElectronParts

const activity = createActivity(realTime())
const aheadMs = process.env['DOORPLATE_E2E_AHEAD_MS']
const clock = aheadMs === undefined ? null : patchGlobalTime(Date.now() + Number(aheadMs))

/** A panel in the middle of a call must not be hurried past it. */
function trackRequests({ net, session }: ElectronParts): void {
  const tracked = new WeakSet<Carrier>()
  function track(carrier: Carrier): Carrier {
    if (tracked.has(carrier)) return carrier
    tracked.add(carrier)
    const fetch = carrier.fetch.bind(carrier)
    return Object.assign(carrier, {
      fetch: (input: string, init?: RequestInit) => activity.track(fetch(input, init)),
    })
  }
  track(net)
  // Writes have sessions of their own.
  const open = session.fromPartition.bind(session)
  Object.assign(session, {
    fromPartition: (name: string, options?: object) => track(open(name, options)),
  })
}

/** The asynchronous half of the key store came after Electron 33; where it is there, it is the real one. */
function lendKeyStore({ app, safeStorage }: ElectronParts): void {
  if ('encryptStringAsync' in safeStorage) return
  const mode = (process.env['DOORPLATE_E2E_SEALING'] ?? 'sealed') as SealingMode
  const lent = createSafeStorage(
    mode,
    () => app.isReady(),
    () => undefined,
  )
  Object.assign(safeStorage, {
    isAsyncEncryptionAvailable: lent.isAsyncEncryptionAvailable,
    encryptStringAsync: lent.encryptStringAsync,
    decryptStringAsync: lent.decryptStringAsync,
  })
}

/** What is watched from a page's first moment on must be in place before it: the first page waits until the test says so. */
function holdFirstPage({ BrowserWindow }: ElectronParts): () => void {
  let show: () => void = () => undefined
  const wanted = new Promise<void>((resolve) => (show = resolve))
  const { loadURL } = BrowserWindow.prototype
  let isFirst = true
  BrowserWindow.prototype.loadURL = async function (url) {
    if (isFirst) {
      isFirst = false
      // Without any page the test would not be told of the window.
      await loadURL.call(this, 'about:blank')
      await wanted
    }
    return loadURL.call(this, url)
  }
  return show
}

trackRequests(electron)
lendKeyStore(electron)
const show = process.env['DOORPLATE_E2E_HOLD'] === '1' ? holdFirstPage(electron) : () => undefined

Object.assign(globalThis, {
  __doorplateShow: show,
  /** Waits for nothing: who calls it knows by the panel's own signs when it is done. */
  __doorplateAdvance: (ms: number): void => clock?.advance(ms),
  __doorplateTravel: async (ms: number): Promise<void> => {
    clock?.advance(ms)
    await activity.settled()
  },
})
