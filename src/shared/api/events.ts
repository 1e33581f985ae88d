import type { RoomSnapshot } from '../domain/roomSnapshot.ts'
import type { PanelConfig } from '../settings/panelConfig.ts'

/**
 * A snapshot on its way to a screen. `sentAtMs` is the sender's corrected time at that moment: a screen on another
 * machine sets its own clock by it, so that states flip by the server's second everywhere.
 */
export interface PublishedSnapshot {
  readonly snapshot: RoomSnapshot
  readonly sentAtMs: number
}

/** Every event, by name (`namespace.pastTense`). Payloads are whole states with a rising revision, never deltas. */
export interface ApiEvents {
  readonly 'room.changed': PublishedSnapshot
  readonly 'panel.changed': PanelConfig
}

/** See {@link ApiEvents}. */
export type EventName = keyof ApiEvents

/** The same as a value, for transports that must subscribe by name. */
export const eventNames = ['room.changed', 'panel.changed'] as const satisfies readonly EventName[]

/** One event with its name. */
export type ApiEvent = {
  readonly [E in EventName]: { readonly name: E; readonly payload: ApiEvents[E] }
}[EventName]
