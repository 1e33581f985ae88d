import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Bridge } from '../shared/api/bridge.ts'

type Listener = (event: unknown, name: unknown, payload: unknown) => void

const electron = vi.hoisted(() => ({
  exposed: new Map<string, unknown>(),
  listeners: new Map<string, Set<unknown>>(),
  invoke: vi.fn<(...args: unknown[]) => Promise<unknown>>(() => Promise.resolve({ ok: true })),
}))

vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (name: string, api: unknown) => electron.exposed.set(name, api) },
  ipcRenderer: {
    invoke: electron.invoke,
    on: (channel: string, listener: unknown) => {
      const all = electron.listeners.get(channel) ?? new Set()
      electron.listeners.set(channel, all.add(listener))
    },
    removeListener: (channel: string, listener: unknown) => electron.listeners.get(channel)?.delete(listener),
  },
}))

const emit = (...message: [name: unknown, payload: unknown]) => {
  for (const listener of electron.listeners.get('doorplate:event') ?? [])
    (listener as Listener)({ sender: 'SENTINEL' }, ...message)
}

let bridge: Bridge
beforeEach(async () => {
  electron.exposed.clear()
  electron.listeners.clear()
  electron.invoke.mockClear()
  vi.resetModules()
  await import('./index.ts')
  bridge = electron.exposed.get('doorplate') as Bridge
})

describe('preload', () => {
  it('gives the page two functions and nothing else', () => {
    expect([...electron.exposed.keys()]).toEqual(['doorplate'])
    expect(Object.keys(bridge).sort()).toEqual(['on', 'request'])
  })

  it('sends requests on the one channel', async () => {
    expect(await bridge.request('panel.open', { roomId: null }, null)).toEqual({ ok: true })
    expect(electron.invoke.mock.calls).toEqual([['doorplate:request', 'panel.open', { roomId: null }, null]])
  })

  it('cannot be used to reach another channel', async () => {
    await bridge.request('electron-store-get-data', {}, null)
    expect(electron.invoke.mock.calls[0]?.[0]).toBe('doorplate:request')
    bridge.on('__ELECTRON_LOG__', () => undefined)
    expect([...electron.listeners.keys()]).toEqual(['doorplate:event'])
  })

  it('passes only the payload of the event asked for, never Electron’s own event object', () => {
    const heard: unknown[][] = []
    bridge.on('room.changed', (...args: unknown[]) => heard.push(args))
    emit('room.changed', { revision: 1 })
    emit('panel.changed', { revision: 2 })
    expect(heard).toEqual([[{ revision: 1 }]])
  })

  it('leaves no listener behind: a page that subscribes for months must not grow', () => {
    for (let turn = 0; turn < 100; turn += 1) bridge.on('room.changed', () => undefined)()
    expect(electron.listeners.get('doorplate:event')?.size).toBe(0)
  })
})
