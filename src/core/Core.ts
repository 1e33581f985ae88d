import type { ApiResult } from '../shared/api/errors.ts'
import type { FieldIssue } from '../shared/api/refusal.ts'
import type { ApiEvent } from '../shared/api/events.ts'
import type { Settings } from '../shared/settings/schema.ts'
import type { Caller, ScreenCaller } from './api/Caller.ts'
import type { RoomShown } from './runtime/createStatusTicker.ts'

/** How a start ended. Only `running` reads a platform; every other outcome still serves the screen. */
export type StartOutcome =
  | { readonly kind: 'running' }
  | { readonly kind: 'unconfigured' }
  /** Settings were stored once and cannot be read now; nothing was changed on disk. */
  | { readonly kind: 'settingsUnreadable' }
  | { readonly kind: 'invalidSettings'; readonly issues: readonly FieldIssue[] }
  | { readonly kind: 'secretMissing'; readonly secret: string; readonly reason: 'missing' | 'unavailable' }

/** The application, the same under every host. */
export interface Core {
  /** Loads settings and the last plan, then begins to read. The last plan is served before any network answer. */
  start(): Promise<StartOutcome>
  /** Stops reading, aborts what runs, and writes what must survive. Safe to call twice. */
  stop(): Promise<void>
  /**
   * Runs one request: look up, access check, parse, call, envelope. Never rejects.
   * @param caller who asks, as {@link callerOf} says
   */
  dispatch(route: string, input: unknown, caller: Caller): Promise<ApiResult<unknown>>
  /**
   * Who a request is from: an admin while the token's session is open, which every call keeps alive, else the screen.
   * @param token as the transport received it, from `session.unlock` or `session.setPin`
   */
  callerOf(token: string | null, screen?: ScreenCaller): Caller
  /** The settings in force, without secrets; null while nothing is configured. `panel.changed` tells of a change. */
  settings(): Settings | null
  /** @returns unsubscribes */
  subscribe(listener: (event: ApiEvent) => void): () => void
  /**
   * What every room's door says, told at every change and by the core's own clock, whether a screen looks or not.
   * @returns unsubscribes
   */
  onRoomShown(listener: (shown: RoomShown) => void): () => void
  /** The host noticed that time or network changed under us (resume, online again): read now. */
  wake(): void
}

/** Exit codes every host speaks to its supervisor (docs/kiosk.md, docs/settings.md). */
export const exitCodes = {
  stayDown: 0,
  restartMe: 10,
  configurationBroken: 11,
  alreadyRunning: 12,
  folderUnwritable: 13,
} as const
