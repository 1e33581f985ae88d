import { EventEmitter } from 'node:events'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createRecordingLogger } from '../../core/testing/recordingLogger.ts'
import { closeForeignChannels } from './closeForeignChannels.ts'
import { registerApi } from './registerApi.ts'

const electron = vi.hoisted(() => ({
  ipcMain: undefined as unknown as EventEmitter & { handle: (channel: string, handler: unknown) => void },
  handlers: new Map<string, unknown>(),
}))
vi.mock('electron', () => {
  electron.ipcMain = Object.assign(new EventEmitter(), {
    handle: (channel: string, handler: unknown) => void electron.handlers.set(channel, handler),
  })
  return { ipcMain: electron.ipcMain }
})
afterEach(() => electron.handlers.clear())

describe('channels', () => {
  it('one channel answers, and no other', () => {
    registerApi({
      core: { dispatch: vi.fn(), callerOf: vi.fn() },
      log: createRecordingLogger(),
      ownsWebContents: () => true,
    })
    expect([...electron.handlers.keys()]).toEqual(['doorplate:request'])
    expect(electron.ipcMain.eventNames()).toEqual([])
  })

  it('the channel that electron-store opens, which tells any page the folder of the secrets, is shut', () => {
    electron.ipcMain.on('electron-store-get-data', () => undefined)
    closeForeignChannels()
    expect(electron.ipcMain.eventNames()).toEqual([])
  })
})
