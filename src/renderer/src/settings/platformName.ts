import type { RoomChoice } from '../../../shared/api/admin.ts'
import type { Platform } from '../../../shared/domain/platform.ts'
import type { PanelConfig } from '../../../shared/settings/panelConfig.ts'
import { platformForms } from '../components/settings/platforms/registry.ts'
import type { NamedRoom } from '../components/settings/roomName.ts'

/** Where the platform's names of rooms may be found. */
export interface KnownNames {
  /** The platform's list, as last read for the drafted account. */
  readonly listed: readonly RoomChoice[]
  /** The rooms at work; one that was never read yet is called by its id. */
  readonly rooms: PanelConfig['rooms']
}

/** What the platform calls a room: by the ids it is bound by, else by its address; the address where nobody knows. */
export function platformName(
  room: NamedRoom,
  platform: Platform | null,
  { listed, rooms }: KnownNames,
): string {
  const ids = platform === null ? [] : platformForms[platform].roomIds
  const { source } = room
  const isBound = (choice: RoomChoice): boolean =>
    source !== undefined &&
    ids.some((field) => field.read(source) !== '' && field.read(source) === field.read(choice.source))
  return listed.find(isBound)?.name ?? rooms.find(({ id }) => id === room.id)?.name ?? room.id
}
