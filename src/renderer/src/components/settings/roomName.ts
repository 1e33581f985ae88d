import { inject } from 'vue'
import type { InjectionKey } from 'vue'
import type { RoomSettings } from '../../../../shared/settings/schema.ts'

/** The name the door shows for a room's id; the settings view provides it. */
export const roomNameKey: InjectionKey<(id: string) => string> = Symbol('roomName')

/** How the settings call a bound room: its own name, else the platform's, else its id. */
export function useRoomName(): (room: Pick<RoomSettings, 'id' | 'name'>) => string {
  const shownName = inject(roomNameKey, (id) => id)
  return ({ id, name }) => name ?? shownName(id)
}
