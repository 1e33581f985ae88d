import type { StepFact } from '../../shared/domain/checkFact.ts'
import type { DirectoryEntry, DirectoryFilter, DirectoryRoomDraft } from '../../shared/domain/directory.ts'
import type { Meeting } from '../../shared/domain/meeting.ts'
import type { TimeRange } from '../../shared/domain/timeRange.ts'
import type { Closure, Room, RoomId } from '../../shared/domain/room.ts'
import type { Evidence, RoomCapabilities } from '../../shared/domain/roomSnapshot.ts'
import type { Clock } from '../ports/Clock.ts'
import type { Http } from '../ports/Http.ts'
import type { Logger } from '../ports/Logger.ts'
import type { ServerTime } from '../time/createServerTime.ts'
import type { ProviderError } from './ProviderError.ts'
import type { RoomActions } from './RoomActions.ts'
import type { RoomRef } from './RoomRef.ts'

/** Whoever names a provider names its rooms. */
export type { RoomRef } from './RoomRef.ts'

/** One room's part of a read. A room may fail while its siblings succeed; it is then unknown, never empty. */
export type RoomReading =
  | {
      readonly kind: 'read'
      /** Every meeting of `horizon` the source can see, cancelled ones included if it tells them. Unmasked. */
      readonly meetings: readonly Meeting[]
      readonly closures: readonly Closure[]
      /** What was really asked and answered; contains the requested range. */
      readonly horizon: TimeRange
      readonly evidence: Evidence
      /** The platform's description of the room, where this read learned it. */
      readonly room: Room | null
      /** Vendor states we did not know: counted as busy, logged once by the caller. No titles, no names. */
      readonly unknownStates: readonly string[]
    }
  | { readonly kind: 'failed'; readonly error: ProviderError }

/** Meetings as a vendor's answer tells them, and the states among them nobody documented. */
export type Mapped = Pick<Extract<RoomReading, { kind: 'read' }>, 'meetings' | 'unknownStates'>

/** A room of the platform's directory, with the source the settings would need to bind it. */
export interface DirectoryRoom<Source = unknown> {
  readonly room: Omit<Room, 'id'>
  readonly source: Source
  /** The platform's own id, for search and for telling namesakes apart. */
  readonly vendorId: string
}

/** One step of a connection test. */
export interface ConnectionStep {
  readonly step: 'reachable' | 'clock' | 'token' | 'permissions' | 'rooms'
  readonly outcome: 'passed' | 'failed' | 'skipped'
  readonly error?: ProviderError | undefined
  readonly fact?: StepFact | undefined
}

/** The platform's own room directory, where its API lets an admin change it. Throws as {@link SiteProvider} does. */
export interface RoomDirectory {
  list(filter: DirectoryFilter, signal: AbortSignal): Promise<readonly DirectoryEntry[]>
  /** @returns the new room's vendor id */
  add(room: DirectoryRoomDraft, signal: AbortSignal): Promise<string>
  edit(vendorId: string, room: DirectoryRoomDraft, signal: AbortSignal): Promise<void>
  remove(vendorId: string, signal: AbortSignal): Promise<void>
}

/**
 * One account on one platform; batch first, because quotas are. Every method throws {@link ProviderError} or, when
 * `signal` fires, the signal's reason. Never returns an empty answer it did not get.
 */
export interface SiteProvider<Source = unknown> {
  /** Every room the account may see; searching them is the caller's, so that it is the same on every platform. */
  listRooms(signal: AbortSignal): Promise<readonly DirectoryRoom<Source>[]>
  /**
   * Reads all rooms in as few calls as the platform allows.
   * @param range what must be covered; the provider may read more (whole local days)
   * @returns an entry for every room asked, read or failed; what stops all of them alike may also be thrown
   */
  listMeetings(
    rooms: readonly RoomRef<Source>[],
    range: TimeRange,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<RoomId, RoomReading>>
  /**
   * Runs the account's connection test, step by step; a failed step does not throw, and what needs it is skipped.
   * `permissions` may stand several times, each with the permission's name as its fact.
   */
  testConnection(signal: AbortSignal): Promise<readonly ConnectionStep[]>
  /** Absent where the platform's directory cannot be changed through its API. */
  readonly directory?: RoomDirectory
  /** Absent where the account cannot write at all; `capabilities.actions` tells which of them work. */
  readonly actions?: RoomActions<Source>
  readonly capabilities: RoomCapabilities
  /** Vendor calls one {@link listMeetings} of these rooms is expected to spend; the budget plans with it. */
  callCost(rooms: readonly RoomRef<Source>[], range: TimeRange): number
}

/** What the core hands to every provider factory. */
export interface ProviderDeps {
  readonly http: Http
  readonly clock: Clock
  readonly log: Logger
  /** IANA zone whose midnights cut the days. */
  readonly timeZone: string
  /** Set after every answer that carried a `Date` header, and asked for what is now by the vendor's clock. */
  readonly time: Omit<ServerTime, 'hasJumped'>
  /** Told once for every vendor call that was really sent, so that the budget counts what the vendor counts. */
  readonly onCall: () => void
  /**
   * Whether the month has room for this many calls beyond the planned reads: titles and names are worth less than the
   * busy truth. Always true where the platform sets no quota.
   */
  readonly mayAlsoCall: (calls: number) => boolean
}
