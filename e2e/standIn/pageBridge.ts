/** What the page's half of the stand-in is built from. */
export interface PageBridgeSource {
  /** The binding through which the page reaches the test. */
  readonly binding: string
  /** Where the page keeps the function the test delivers messages to. */
  readonly mailbox: string
}

/** One message from the page; `invoke` waits for an answer. */
export interface PageMessage {
  readonly kind: 'invoke' | 'send' | 'windowOpen'
  readonly channel: string
  readonly args: readonly unknown[]
}

/** The built preload, wrapped as CommonJS wraps it. */
export type Preload = (
  require: (name: string) => unknown,
  module: object,
  exports: object,
  process: object,
) => void

/** What the binding resolves with: an error must keep its message, as Electron's own does. */
export type PageAnswer = { readonly value: unknown } | { readonly error: string }

/**
 * Runs in the page before any of its own scripts: gives the built preload `contextBridge` and `ipcRenderer` and lets it
 * expose what it wants. The preload lives in a closure of the page's world instead of a world of its own; it can be
 * reached through nothing but what it exposes. Sub-frames get no preload, as in Electron.
 * This function is sent to the page as text: it may use nothing from outside of itself.
 */
function runPreload({ binding, mailbox }: PageBridgeSource, preload: Preload): void {
  type Listener = (event: object, ...args: readonly unknown[]) => void
  const globals = globalThis as unknown as Record<string, unknown>
  const call = globals[binding] as (message: object) => Promise<PageAnswer>
  Reflect.deleteProperty(globals, binding)
  if (window.top !== window) return

  const listeners = new Map<string, Set<Listener>>()
  const listenersOf = (channel: string): Set<Listener> => {
    const known = listeners.get(channel) ?? new Set()
    listeners.set(channel, known)
    return known
  }
  const ipcRenderer = {
    invoke: async (channel: string, ...args: readonly unknown[]): Promise<unknown> => {
      // What Electron cannot clone it refuses before it leaves the page.
      const answer = await call({ kind: 'invoke', channel, args: structuredClone(args) })
      if ('error' in answer)
        throw new Error(`Error invoking remote method '${channel}': Error: ${answer.error}`)
      return answer.value
    },
    send: (channel: string, ...args: readonly unknown[]): void => {
      void call({ kind: 'send', channel, args: structuredClone(args) })
    },
    on: (channel: string, listener: Listener) => {
      listenersOf(channel).add(listener)
      return ipcRenderer
    },
    removeListener: (channel: string, listener: Listener) => {
      listenersOf(channel).delete(listener)
      return ipcRenderer
    },
    removeAllListeners: (channel: string) => {
      listeners.delete(channel)
      return ipcRenderer
    },
  }

  /** Copies what crosses between the worlds; functions are wrapped, anything with behaviour of its own is refused. */
  const cross = (value: unknown, path: string): unknown => {
    if (typeof value === 'function') {
      return (...args: readonly unknown[]) => {
        const result: unknown = (value as (...args: readonly unknown[]) => unknown)(
          ...args.map((arg, index) => cross(arg, `${path}(${index})`)),
        )
        return result instanceof Promise
          ? result.then((settled: unknown) => cross(settled, path))
          : cross(result, path)
      }
    }
    if (value === null || typeof value !== 'object') return value
    if (Array.isArray(value)) return value.map((item, index) => cross(item, `${path}.${index}`))
    const prototype: unknown = Object.getPrototypeOf(value)
    if (prototype !== Object.prototype && prototype !== null) return structuredClone(value)
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, cross(item, `${path}.${key}`)]),
    )
  }
  const freeze = (value: unknown): unknown => {
    if (typeof value === 'object' && value !== null) {
      for (const item of Object.values(value)) freeze(item)
      Object.freeze(value)
    }
    return value
  }
  const contextBridge = {
    exposeInMainWorld: (name: string, api: unknown): void => {
      if (name in globals)
        throw new Error(`Cannot bind an API on top of an existing property on the window object`)
      Object.defineProperty(globals, name, {
        value: freeze(cross(api, name)),
        enumerable: true,
        configurable: false,
        writable: false,
      })
    },
  }

  const refuse = (name: string) => (): never => {
    throw new Error(`electron.${name} is not known to the stand-in, or not there in a sandboxed preload`)
  }
  const known = { contextBridge, ipcRenderer } as Record<string, unknown>
  const electron = new Proxy(known, {
    get: (target, name) => (name in target ? target[String(name)] : refuse(String(name))()),
  })
  const require = (name: string): unknown => {
    if (name === 'electron' || name === 'electron/renderer') return electron
    throw new Error(`module not found: ${name} (a sandboxed preload can load nothing but Electron)`)
  }
  const module = { exports: {} }
  const process = {
    type: 'renderer',
    sandboxed: true,
    contextIsolated: true,
    platform: 'linux',
    versions: {},
  }
  preload(require, module, module.exports, process)

  Object.defineProperty(globals, mailbox, {
    value: (channel: string, args: readonly unknown[]) => {
      for (const listener of [...listenersOf(channel)]) listener({ sender: ipcRenderer }, ...args)
    },
  })
  window.open = (url?: string | URL) => {
    void call({ kind: 'windowOpen', channel: '', args: [String(url ?? 'about:blank')] })
    return null
  }
}

/** The text a page runs before its own scripts. The preload stands in it as code: a content policy forbids `eval`. */
export const pageBridgeScript = (source: PageBridgeSource, preload: string): string =>
  `(${runPreload.toString()})(${JSON.stringify(source)}, (require, module, exports, process) => {${preload}\n})`
