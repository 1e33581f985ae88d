import type { Session } from 'electron'
import type { Logger } from '../../core/ports/Logger.ts'

/** Events by which a page would be given a device; each is ended without one. */
const deviceEvents = ['select-hid-device', 'select-serial-port', 'select-usb-device'] as const

/**
 * Refuses everything a page may ask a browser for. Electron grants every permission unless told otherwise, and needs both
 * handlers to refuse them all. Downloads are cancelled: nothing of ours is one.
 */
export function hardenSession(session: Session, log: Logger): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    log.warn('permission refused', { permission })
    answer(false)
  })
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null))
  session.setSpellCheckerEnabled(false)
  session.on('will-download', (event) => {
    log.warn('download refused')
    event.preventDefault()
  })
  refuseDevices(session)
}

function refuseDevices(session: Session): void {
  const [hid, serial, usb] = deviceEvents
  session.on(hid, (event, _details, choose) => {
    event.preventDefault()
    choose()
  })
  session.on(serial, (event, _ports, _contents, choose) => {
    event.preventDefault()
    choose('')
  })
  session.on(usb, (event, _details, choose) => {
    event.preventDefault()
    choose()
  })
}
