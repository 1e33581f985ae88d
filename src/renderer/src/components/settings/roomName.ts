import { inject } from 'vue'
import type { InjectionKey } from 'vue'
import type { RoomSettings } from '../../../../shared/settings/schema.ts'

/** A room to be named; without its source only its id tells which it is. */
export type NamedRoom = Pick<RoomSettings, 'id' | 'name'> & Partial<Pick<RoomSettings, 'source'>>

/** What a room without a name of its own is called; the settings view provides it. */
export const roomNameKey: InjectionKey<(room: NamedRoom) => string> = Symbol('roomName')

/** How the settings call a bound room: its own name, else the platform's, else its id. */
export function useRoomName(): (room: NamedRoom) => string {
  const platformName = inject(
    roomNameKey,
    () =>
      ({ id }: NamedRoom) =>
        id,
    true,
  )
  return (room) => room.name ?? platformName(room)
}
