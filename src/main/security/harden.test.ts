import type { App, Session, WebContents } from 'electron'
import { EventEmitter } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { createRecordingLogger } from '../../core/testing/recordingLogger.ts'
import { hardenApp } from './hardenApp.ts'
import { hardenContents } from './hardenContents.ts'
import { hardenSession } from './hardenSession.ts'

type Handler = (...args: unknown[]) => unknown

class FakeSession extends EventEmitter {
  readonly handlers: Record<string, Handler> = {}
  setPermissionRequestHandler = (handler: Handler) => void (this.handlers['request'] = handler)
  setPermissionCheckHandler = (handler: Handler) => void (this.handlers['check'] = handler)
  setDevicePermissionHandler = (handler: Handler) => void (this.handlers['device'] = handler)
  setDisplayMediaRequestHandler = (handler: Handler) => void (this.handlers['media'] = handler)
  setSpellCheckerEnabled = vi.fn()
}

const event = () => ({ preventDefault: vi.fn() })

describe('hardenSession', () => {
  function build() {
    const session = new FakeSession()
    hardenSession(session as unknown as Session, createRecordingLogger())
    return session
  }

  it.each([
    'geolocation',
    'media',
    'notifications',
    'openExternal',
    'fullscreen',
    'clipboard-read',
    'unknown',
  ])('refuses %s, which Electron grants by default', (permission) => {
    const { handlers } = build()
    const answer = vi.fn()
    handlers['request']!(null, permission, answer)
    expect(answer.mock.calls).toEqual([[false]])
    expect(handlers['check']!(null, permission, 'app://panel')).toBe(false)
  })

  it('gives no device and no picture of the screen', () => {
    const { handlers } = build()
    expect(handlers['device']!({ deviceType: 'usb' })).toBe(false)
    const answer = vi.fn()
    handlers['media']!({}, answer)
    expect(answer).toHaveBeenCalledWith(null)
  })

  it.each([
    ['select-hid-device', [{}], []],
    ['select-serial-port', [[], {}], ['']],
    ['select-usb-device', [{}], []],
  ])('ends %s without a choice', (name, facts, chosen) => {
    const session = build()
    const [happening, choose] = [event(), vi.fn()]
    session.emit(name, happening, ...facts, choose)
    expect(happening.preventDefault).toHaveBeenCalled()
    expect(choose.mock.calls).toEqual([chosen])
  })

  it('cancels downloads and never fetches a dictionary', () => {
    const session = build()
    const happening = event()
    session.emit('will-download', happening, {}, {})
    expect(happening.preventDefault).toHaveBeenCalled()
    expect(session.setSpellCheckerEnabled).toHaveBeenCalledWith(false)
  })
})

class FakePage extends EventEmitter {
  open: (() => unknown) | undefined
  setWindowOpenHandler = (handler: () => unknown) => void (this.open = handler)
}

describe('hardenContents', () => {
  it.each([
    'will-navigate',
    'will-frame-navigate',
    'will-redirect',
    'will-attach-webview',
    'will-prevent-unload',
  ])('prevents %s', (name) => {
    const page = new FakePage()
    hardenContents(page as unknown as WebContents, createRecordingLogger())
    const happening = event()
    page.emit(name, happening)
    expect(happening.preventDefault).toHaveBeenCalled()
  })

  it('opens no window, whatever the address', () => {
    const page = new FakePage()
    hardenContents(page as unknown as WebContents, createRecordingLogger())
    expect(page.open?.()).toEqual({ action: 'deny' })
  })
})

describe('hardenApp', () => {
  function build() {
    const log = createRecordingLogger()
    const app = Object.assign(new EventEmitter(), {
      enableSandbox: vi.fn(),
      commandLine: { appendSwitch: vi.fn() },
    })
    hardenApp(app as unknown as App, log)
    return { app, log }
  }

  it('puts every page into the sandbox and under guard, also one that nobody planned', () => {
    const { app } = build()
    expect(app.enableSandbox).toHaveBeenCalled()
    const page = new FakePage()
    app.emit('web-contents-created', event(), page)
    expect(page.open?.()).toEqual({ action: 'deny' })
    expect(app.commandLine.appendSwitch.mock.calls.flat()).toContain('disable-quic')
    // The one switch that must never be there.
    expect(app.commandLine.appendSwitch.mock.calls.flat()).not.toContain('ignore-certificate-errors')
  })

  it('never accepts a broken certificate, and names only the host', () => {
    const { app, log } = build()
    const [happening, accept] = [event(), vi.fn()]
    app.emit(
      'certificate-error',
      happening,
      {},
      'https://qyapi.weixin.qq.com/?access_token=SENTINEL',
      'ERR_CERT_DATE_INVALID',
      {},
      accept,
    )
    expect(happening.preventDefault).toHaveBeenCalled()
    expect(accept.mock.calls).toEqual([[false]])
    expect(log.text()).toContain('qyapi.weixin.qq.com')
    expect(log.text()).not.toContain('SENTINEL')
  })

  it('shows no client certificate to anyone, also where there is no page', () => {
    const { app } = build()
    const [happening, choose] = [event(), vi.fn()]
    app.emit('select-client-certificate', happening, null, 'https://x/', [{ subjectName: 'machine' }], choose)
    expect(happening.preventDefault).toHaveBeenCalled()
    expect(choose.mock.calls).toEqual([[]])
  })
})
