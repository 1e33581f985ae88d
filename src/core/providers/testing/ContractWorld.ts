import type { MeetingState } from '../../../shared/domain/meeting.ts'
import type { ProviderErrorKind } from '../../../shared/domain/providerErrorKind.ts'
import type { RecordingLogger } from '../../testing/recordingLogger.ts'
import type { RoomRef, SiteProvider } from '../SiteProvider.ts'
import type { PacedClock } from './pacedClock.ts'

/** A booking as a person would make it in the platform's own client. */
export interface ContractBooking {
  readonly startMs: number
  readonly endMs: number
  /** `confirmed` if absent. `unknown`: a state no document knows. */
  readonly state?: Extract<MeetingState, 'confirmed' | 'pending' | 'cancelled' | 'unknown'>
  /** Occurrences of one series share it. */
  readonly series?: string
}

/** What goes wrong on the simulated server; fields as its control API takes them. */
interface ContractFault {
  readonly kind: string
  /** Part of a path; every path if absent. */
  readonly route?: string
  readonly times?: number
  readonly [parameter: string]: unknown
}

/** How a provider is built for a case; what is absent is right. */
interface ProviderOverrides {
  readonly baseUrl?: string
  readonly secret?: string
  readonly timeZone?: string
}

/** What the provider told its host. */
export interface Told {
  readonly offsets: number[]
  calls: number
}

/** One simulated organisation with nothing booked, and a provider that reads it; both go by the same clock. */
export interface ContractWorld<Source> {
  readonly clock: PacedClock
  readonly log: RecordingLogger
  readonly told: Told
  /** Bound rooms. The first two are answered by one call. */
  readonly rooms: readonly [RoomRef<Source>, RoomRef<Source>, RoomRef<Source>]
  provider(overrides?: ProviderOverrides): SiteProvider<Source>
  book(room: RoomRef<Source>, booking: ContractBooking): Promise<void>
  fault(fault: ContractFault): Promise<void>
  heal(): Promise<void>
  /** Parts of the paths of the calls that read meetings, and of the one that fetches a token. */
  readonly routes: { readonly read: string; readonly token: string }
  /** The server's answer to a call without right or measure. `retryAfterMs` where the platform names a pause. */
  readonly refusals: readonly {
    readonly name: string
    readonly fault: ContractFault
    readonly kind: ProviderErrorKind
    readonly retryAfterMs?: number
  }[]
  /** Every token is past its time, or void. */
  endTokens(how: 'expired' | 'revoked'): Promise<void>
  /** The answer goes on, but this room is missing from it, or refused in it. */
  failRoom(room: RoomRef<Source>): Promise<void>
  skewServer(skewMs: number): Promise<void>
  /** Calls the server counted, by path. */
  calls(): Promise<Readonly<Record<string, number>>>
  /** Present where reading meetings takes pages: a room of that kind, and a way to book it. */
  readonly paged?: {
    readonly room: RoomRef<Source>
    readonly route: string
    readonly pageSize: number
    book(booking: ContractBooking): Promise<void>
  }
  /** Secrets, tokens, titles and names in use: none of them may be thrown or logged. */
  sentinels(): readonly string[]
  close(): Promise<void>
}
