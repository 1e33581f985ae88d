import type { App } from 'electron'
import type { Logger } from '../../core/ports/Logger.ts'

/**
 * Starts the panel at logon, or no longer. Windows only; on Linux that is systemd's and the compositor's.
 * @param wish null leaves it as it is
 */
export function setAutostart(
  wish: 'on' | 'off' | null,
  app: Pick<App, 'setLoginItemSettings'>,
  platform: NodeJS.Platform,
  log: Logger,
): void {
  if (wish === null) return
  if (platform !== 'win32') {
    log.warn('autostart is set up outside of the app on this system', { platform })
    return
  }
  app.setLoginItemSettings({ openAtLogin: wish === 'on' })
  log.info('autostart', { wish })
}
