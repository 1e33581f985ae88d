import type { BrowserWindowConstructorOptions } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { createMainWindow } from './createMainWindow.ts'

const opened = vi.hoisted(() => [] as unknown[])
vi.mock('electron', () => ({
  BrowserWindow: vi.fn(function open(options: unknown) {
    opened.push(options)
  }),
}))

const bounds = { x: 1920, y: 0, width: 1280, height: 800 }

function optionsOf(isWindowed: boolean, allowsDevTools = false): BrowserWindowConstructorOptions {
  createMainWindow({ preloadPath: '/out/preload/index.cjs', bounds, isWindowed, allowsDevTools })
  return opened.at(-1) as BrowserWindowConstructorOptions
}

describe('createMainWindow', () => {
  it.each([true, false])('locks the page in every mode (windowed: %s)', (isWindowed) => {
    expect(optionsOf(isWindowed).webPreferences).toMatchObject({
      preload: '/out/preload/index.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      disableDialogs: true,
      devTools: false,
      disableBlinkFeatures: expect.stringContaining('FileSystemAccessLocal') as unknown,
    })
  })

  it('fills the chosen screen and cannot be closed, moved or minimized', () => {
    expect(optionsOf(false)).toMatchObject({
      ...bounds,
      kiosk: true,
      fullscreen: true,
      frame: false,
      closable: false,
      movable: false,
      minimizable: false,
      alwaysOnTop: true,
    })
  })

  it('is an ordinary window for development', () => {
    const options = optionsOf(true, true)
    expect(options).not.toHaveProperty('kiosk')
    expect(options).not.toHaveProperty('closable')
    expect(options.webPreferences?.devTools).toBe(true)
  })
})
