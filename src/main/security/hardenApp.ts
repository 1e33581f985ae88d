import type { App } from 'electron'
import type { Logger } from '../../core/ports/Logger.ts'
import { hardenContents } from './hardenContents.ts'

/**
 * Chromium switches: they take gestures away from a public screen, bound the cache on its small disk, and leave QUIC out,
 * over which Chromium sends again what a broken connection left unanswered, on a new connection too.
 */
const switches: readonly (readonly [name: string, value?: string])[] = [
  ['disable-pinch'],
  ['overscroll-history-navigation', '0'],
  ['disk-cache-size', '52428800'],
  ['disable-quic'],
]

/** Locks that hold for every page and every connection of the process. Before ready. */
export function hardenApp(app: Pick<App, 'enableSandbox' | 'commandLine' | 'on'>, log: Logger): void {
  app.enableSandbox()
  for (const [name, value] of switches) app.commandLine.appendSwitch(name, value)
  app.on('web-contents-created', (_event, contents) => hardenContents(contents, log))
  app.on('certificate-error', (event, _contents, url, error, _certificate, accept) => {
    event.preventDefault()
    // The address may carry a token: its host is enough.
    log.error('a certificate was refused', { host: URL.canParse(url) ? new URL(url).host : '', error })
    accept(false)
  })
  // Without this Chromium would present the first certificate of the machine's store to whoever asks for one.
  app.on('select-client-certificate', (event, _contents, _url, _certificates, choose) => {
    event.preventDefault()
    choose()
  })
}
