import type { RoomId } from '../../shared/domain/room.ts'

/** The rooms a screen stands for. */
export type ScreenRooms = 'all' | readonly RoomId[]

/** Whoever stands before a screen. */
export interface ScreenCaller {
  readonly kind: 'screen'
  /** What the device calls itself; null where the host does not tell its screens apart. */
  readonly deviceId: string | null
  readonly rooms: ScreenRooms
}

/** Who asks, as the host has proved it: a screen at a door, or an admin's open session. */
export type Caller = ScreenCaller | { readonly kind: 'admin'; readonly session: string }

/** A screen that may show and use every room of this installation. */
export const anyScreen: ScreenCaller = { kind: 'screen', deviceId: null, rooms: 'all' }

/** Whether a caller may see and use a room. */
export const mayUseRoom = (caller: Caller, roomId: RoomId): boolean =>
  caller.kind === 'admin' || caller.rooms === 'all' || caller.rooms.includes(roomId)
