import type { RoomSnapshot } from '../domain/roomSnapshot.ts'

/**
 * A snapshot on its way to a screen. `sentAtMs` is the sender's corrected time at that moment: a screen on another
 * machine sets its own clock by it, so that states flip by the server's second everywhere.
 */
export interface PublishedSnapshot {
  readonly snapshot: RoomSnapshot
  readonly sentAtMs: number
}

/** What a screen may know of the panel changed: it asks with `panel.open`, because every room may be told something else. */
export interface PanelChange {
  /** Rising; a `PanelConfig` of a later one already knows. */
  readonly revision: number
}

/** Every event, by name (`namespace.pastTense`), each with a rising revision; never a delta. */
export interface ApiEvents {
  readonly 'room.changed': PublishedSnapshot
  readonly 'panel.changed': PanelChange
}

/** See {@link ApiEvents}. */
export type EventName = keyof ApiEvents

/** The same as a value, for transports that must subscribe by name. */
export const eventNames = ['room.changed', 'panel.changed'] as const satisfies readonly EventName[]

/** One event with its name. */
export type ApiEvent = {
  readonly [E in EventName]: { readonly name: E; readonly payload: ApiEvents[E] }
}[EventName]
