import type { Account, RoomSource } from '../../../../../shared/settings/schema.ts'

/** An id of the platform by which a room can be bound by hand. Methods, so that a platform's own fits every source's. */
export interface RoomIdField<S extends RoomSource = RoomSource> {
  /** Names its texts: `settings.platforms.<platform>.room.<name>.label`, `.hint` and `.kind`. */
  readonly name: string
  readonly keyboard: 'text' | 'digits'
  readonly maxLength: number
  read(source: S): string
  /** Empty text takes the id away. */
  write(source: S, text: string): S
}

/** An address beside the account's own that follows it, unless an admin wrote an own one. */
export interface FollowingAddress<A extends Account = Account> {
  /** The account's field; names its texts: `settings.platforms.<platform>.address.<name>.label` and `.hint`. */
  readonly name: string
  read(account: A): string
  /** Empty text lets it follow again. */
  write(account: A, text: string): A
}

/**
 * The service person in whose name the door books. Its texts are `settings.platforms.<platform>.booker.label`, `.hint`,
 * `.needs` (what else booking asks for), `.suggest` where it can suggest one, and `.doubt.<name>`.
 */
export interface BookerField<A extends Account = Account> {
  /** The account's field. */
  readonly name: string
  readonly maxLength: number
  /** Names of everything {@link doubt} answers with. */
  readonly doubts: readonly string[]
  read(account: A): string
  /** Empty text takes the person away. */
  write(account: A, text: string): A
  /** What a typed id plainly is instead of one of these; null where it may be one. Only a booking proves that it is. */
  doubt(id: string): string | null
  /** Somebody the account names already, or ''. */
  suggest(account: A): string
}

/** Something the platform knows the account by, asked as text. Its texts: `settings.platforms.<platform>.<name>.label`, `.hint`. */
export interface TextCredential<A extends Account = Account> {
  /** The account's field. */
  readonly name: string
  readonly testid: string
  readonly maxLength: number
  read(account: A): string
  write(account: A, text: string): A
}

/** A secret of the account. Its texts are `settings.platforms.<platform>.secret.label` and `.hint`. */
export interface SecretCredential {
  /** Its name, as the core keeps it. */
  readonly secret: string
  readonly testid: string
}

/** Something only an admin knows: that every booking of a room is made by this app. */
export interface SoleBooker<S extends RoomSource = RoomSource> {
  isAsked(source: S): boolean
  read(source: S): boolean
  write(source: S, isSole: boolean): S
}

/** What is a platform's own on the settings screen; everything else there is the same for all platforms. */
export interface PlatformForm<A extends Account = Account, S extends RoomSource = RoomSource> {
  /** Addresses to choose from, the usual one first; `settings.platforms.<platform>.address.<name>` says whose it is. */
  readonly addresses: readonly { readonly name: string; readonly url: string }[]
  /** Shown only beside an own address. */
  readonly followingAddresses: readonly FollowingAddress<A>[]
  /** In the order they are asked for. */
  readonly credentials: readonly (TextCredential<A> | SecretCredential)[]
  /** Names of the secrets, as the core keeps them. */
  readonly secrets: readonly string[]
  /** Account fields and secrets with a sentence of their own: `settings.platforms.<platform>.issue.<name>`. */
  readonly toldFields: readonly string[]
  /** Whether it counts calls by the month; its texts are `settings.platforms.<platform>.calls.usual` and `.hint`. */
  readonly countsCalls: boolean
  /** What a room added by hand begins with. */
  readonly blankSource: S
  readonly roomIds: readonly RoomIdField<S>[]
  readonly soleBooker: SoleBooker<S> | null
  /** Hints of refusals with sentences of their own: `settings.platforms.<platform>.vendor.<hint>.what` and `.todo`. */
  readonly hints: readonly string[]
  readonly booker: BookerField<A>
  /** What an admin should know of actions at the door, `settings.platforms.<platform>.door.<name>`. */
  readonly doorNotes: readonly string[]
  /** Whether its API lets an admin change the room directory. */
  readonly hasDirectory: boolean
  /** Whether it reports check-ins. */
  readonly hasCheckIn: boolean
  /** A room picked from the list, bound beside the ids a room has already. */
  combineSources(before: S, picked: S): S
  /** The id of a bound room in the directory an admin can change; null where it is not in it. */
  directoryId(source: S): string | null
}
