import type { Component } from 'vue'
import type { Account, RoomSettings } from '../../../../../shared/settings/schema.ts'

/** Where a bound room's bookings are; see the settings schema. */
export type RoomSource = RoomSettings['source']

/** An id of the platform by which a room can be bound by hand. */
export interface RoomIdField {
  /** Names its texts: `settings.platforms.<platform>.room.<name>.label` and `.hint`. */
  readonly name: string
  readonly keyboard: 'text' | 'digits'
  readonly read: (source: RoomSource) => string
  /** Empty text takes the id away. */
  readonly write: (source: RoomSource, text: string) => RoomSource
}

/** What a platform's form tells about itself; everything else on the settings screen is the same for all platforms. */
export interface PlatformFacts {
  /** What a first start begins with; its fields are the ones an import may carry. */
  readonly blankAccount: Account
  /** Addresses to choose from; the first one is the usual. */
  readonly addresses: readonly string[]
  /** Names of the secrets, as the core keeps them. */
  readonly secrets: readonly string[]
  /** Account fields and secrets with a sentence of their own: `settings.platforms.<platform>.issue.<name>`. */
  readonly toldFields: readonly string[]
  readonly blankSource: RoomSource
  /** Fields of a room's source and what they hold, for reading exported settings. */
  readonly sourceFields: Readonly<Record<string, 'text' | 'number' | 'flag'>>
  /** The id of a bound room in the directory an admin can change; null where it is not in it. */
  readonly directoryId: (source: RoomSource) => string | null
  readonly roomIds: readonly RoomIdField[]
  /** Whether an admin must say who else books a room (WeCom's Rooms hardware). */
  readonly asksSoleBooker: (source: RoomSource) => boolean
  /** Vendor codes with a sentence of their own: `settings.platforms.<platform>.vendor.<name>.what` and `.todo`. */
  readonly vendorTexts: Readonly<Record<string, string>>
  /** Whether its API lets an admin change the room directory. */
  readonly hasDirectory: boolean
  /** Whether it reports check-ins. */
  readonly hasCheckIn: boolean
}

/** A platform of the settings screen: its facts and the form of its account. */
export interface PlatformForm extends PlatformFacts {
  /**
   * Gets `account`, `secrets` (typed so far), `stored` (names of secrets the core has) and `issues`; emits
   * `update:account` and `secret` with name and value.
   */
  readonly form: Component
}
