import type { RoomSnapshot } from '../../../shared/domain/roomSnapshot.ts'
import type { RoomStatus } from '../../../shared/domain/roomStatus.ts'
import type { PanelConfig } from '../../../shared/settings/panelConfig.ts'

/**
 * Whether buttons will most likely stand here once their code has come. A guess about height alone, made without the
 * offers' own code; what is really offered is decided by that.
 */
export function reservesActions(
  { kind }: RoomStatus,
  { capabilities }: RoomSnapshot,
  actions: PanelConfig['actions'],
): boolean {
  if (kind === 'checkIn') return actions.checkIn !== 'off'
  if (kind === 'free' || kind === 'soon')
    return actions.book !== 'off' && capabilities.actions?.canBook === true
  return kind === 'busy' && actions.end !== 'off' && capabilities.actions?.end === 'any'
}
