import { exitCodes } from '../../core/Core.ts'
import type { Exit } from './createExit.ts'

/**
 * What becomes of a quit of the app. The system's (stop of the service, end of the session) is held up and answered in
 * order with an exit code; an updater's, handed over before, goes through: its installer runs in the app's own quit.
 */
export function answerQuit(
  event: { preventDefault(): void },
  exit: Pick<Exit, 'request' | 'isHandedOver'>,
): void {
  if (exit.isHandedOver()) return
  event.preventDefault()
  exit.request(exitCodes.stayDown, 'asked by the system')
}
