import { EventEmitter } from 'node:events'
import { knownApi } from '../knownApi.ts'
import type { Tell } from '../knownApi.ts'

type Handler = (event: object, ...args: readonly unknown[]) => unknown

/** The `ipcMain` module and the way a page's messages take to it. */
export function createIpcMain(tell: Tell) {
  const handlers = new Map<string, Handler>()
  const emitter = new EventEmitter()

  function handle(channel: string, handler: Handler): void {
    tell('ipcMain.handle', channel)
    if (handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`)
    }
    handlers.set(channel, handler)
  }

  const ipcMain = knownApi(
    'ipcMain',
    Object.assign(emitter, {
      handle,
      handleOnce: (channel: string, handler: Handler) =>
        handle(channel, (event, ...args) => {
          handlers.delete(channel)
          return handler(event, ...args)
        }),
      removeHandler: (channel: string) => void handlers.delete(channel),
    }),
    tell,
  )

  return {
    ipcMain,
    channels: () => [...handlers.keys(), ...emitter.eventNames().map(String)],
    /** @throws as `ipcRenderer.invoke` would in the page */
    async invoke(event: object, channel: string, args: readonly unknown[]): Promise<unknown> {
      const handler = handlers.get(channel)
      if (!handler) throw new Error(`No handler registered for '${channel}'`)
      return structuredClone(await handler(event, ...args))
    },
    receive: (event: object, channel: string, args: readonly unknown[]) =>
      emitter.emit(channel, event, ...args),
  }
}
