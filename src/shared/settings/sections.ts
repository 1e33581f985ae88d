import type { RoomId } from '../domain/room.ts'
import type { Settings } from './schema.ts'

/** What belongs to this one device and its window. */
export type DeviceSettings = Pick<Settings, 'kiosk'>
/** What is read, how often, and what may be done there: an account and its rooms. */
export type SiteSettings = Pick<
  Settings,
  'timeZone' | 'account' | 'rooms' | 'defaultRoomId' | 'polling' | 'officeHours' | 'checkIn' | 'actions'
>
/** How a screen looks and what it may tell. */
export type ViewSettings = Pick<Settings, 'display'>

/** What holds in one room: the site's word, and over it what the room says otherwise. */
export type RoomInForce = Pick<Settings, 'display' | 'checkIn' | 'actions'>

/** Leaves out what a room does not say: an absent field must not erase the site's. */
function laidOver<T extends object>(base: T, over: { readonly [K in keyof T]?: T[K] | undefined } = {}): T {
  const said = Object.entries(over).filter(([, value]) => value !== undefined)
  return { ...base, ...Object.fromEntries(said) }
}

/** @param roomId an unknown room is the site's */
export function settingsOfRoom(
  settings: RoomInForce & Pick<Settings, 'rooms'>,
  roomId: RoomId | null,
): RoomInForce {
  const { display, checkIn, actions } = settings
  const overrides = settings.rooms.find(({ id }) => id === roomId)?.overrides ?? {}
  return {
    display: laidOver(display, overrides.display),
    checkIn: laidOver(checkIn, overrides.checkIn),
    actions: laidOver(actions, overrides.actions),
  }
}
