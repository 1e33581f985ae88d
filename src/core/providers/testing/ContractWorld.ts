import type { MeetingState } from '../../../shared/domain/meeting.ts'
import type { ProviderErrorKind } from '../../../shared/domain/providerErrorKind.ts'
import type { RecordingLogger } from '../../testing/recordingLogger.ts'
import type { RoomRef, SiteProvider } from '../SiteProvider.ts'
import type { LeapClock } from '../../testing/leapClock.ts'
import type { SimulatedVendor } from './openSimulatedVendor.ts'

/** A booking as a person would make it in the platform's own client. */
export interface ContractBooking {
  readonly startMs: number
  readonly endMs: number
  /** `confirmed` if absent. `unknown`: a state no document knows. */
  readonly state?: Extract<MeetingState, 'confirmed' | 'pending' | 'cancelled' | 'rejected' | 'unknown'>
  /** Occurrences of one series share it. */
  readonly series?: string
  /** Marked private in the platform's client. */
  readonly isPrivate?: boolean
}

/** What goes wrong on the simulated server; fields as its control API takes them. */
export interface ContractFault {
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
  /** Whether the month has room for calls beyond the planned reads; it has, if absent. */
  readonly mayAlsoCall?: (calls: number) => boolean
}

/** What the provider told its host. */
export interface Told {
  readonly offsets: number[]
  calls: number
}

/** One simulated organisation with nothing booked, and a provider that reads it; both go by the same clock. */
export interface ContractWorld<Source> {
  readonly vendor: SimulatedVendor
  readonly clock: LeapClock
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
  /** The others are answered, but this room is missing from the answer, or refused in it or beside it. */
  failRoom(room: RoomRef<Source>, how: 'missing' | 'refused'): Promise<void>
  /** The admin takes away the right to read meetings. @returns the vendor's name of it, which the admin must see */
  denyReading(): Promise<string>
  /** The vendor's answer once the allowance is spent, and when calls are answered again. */
  readonly spent: {
    readonly fault: ContractFault
    readonly kind: ProviderErrorKind
    readonly resumesAtMs: number
  }
  skewServer(skewMs: number): Promise<void>
  /** Calls the server counted, by path. */
  calls(): Promise<Readonly<Record<string, number>>>
  /** Calls the vendor counts against the organisation's allowance. */
  countedCalls(): Promise<number>
  /** A list of the platform that comes in pages. */
  readonly paged: {
    /** Part of its path. */
    readonly route: string
    /** Sees to it that the list has three pages at least. @returns how many items it has */
    fill(): Promise<number>
    /** Has the provider read the list. @returns how many items it found @throws what it refused with */
    read(provider: SiteProvider<Source>): Promise<number>
  }
  /** What every booking is called. */
  readonly title: string
  /** Who makes every booking, and whether the platform knows private ones. */
  readonly bookerName: string
  readonly knowsPrivate: boolean
  /** Secrets, tokens, titles and names in use: none of them may be thrown or logged. */
  sentinels(): readonly string[]
  close(): Promise<void>
}
