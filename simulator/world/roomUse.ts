export const checkInStates = [
  'waiting',
  'windowOpen',
  'checkedIn',
  'missed',
  'impossible',
  'notRequired',
  'notRequiredInstant',
  'notRequiredOff',
  'notRequiredNoDevice',
] as const
/** Whether somebody has said at the door that the meeting takes place. */
export type CheckInState = (typeof checkInStates)[number]

export const checkInDevices = ['panel', 'qr', 'controller', 'touchScreen', 'autoOffline'] as const
export type CheckInDevice = (typeof checkInDevices)[number]

export const releaseKinds = ['manual', 'afterEnd', 'noShow', 'sensor'] as const
/** Who gave a room back before its time: somebody, the end of the video meeting, nobody's coming, a sensor. */
export type ReleaseKind = (typeof releaseKinds)[number]

export interface CheckIn {
  /** `auto` follows the clock and the room's window. */
  readonly state: CheckInState | 'auto'
  readonly atMs: number | null
  readonly device: CheckInDevice | null
}

export interface Release {
  readonly kind: ReleaseKind
  /** May lie ahead: the room is taken until then. */
  readonly atMs: number
  /** Null: nobody in person. */
  readonly byUserId: string | null
}

export const videoKinds = ['thirdParty', 'live', 'unknown'] as const

/** What becomes of a booked room besides being booked. */
export interface RoomUse {
  readonly checkIn: CheckIn
  readonly release: Release | null
  /** Where an occurrence of a series was before it was moved; null when it was not. */
  readonly originalStartMs: number | null
  /** The person an app named as the contact for its booking. */
  readonly contactId: string | null
  /** A video meeting that is none of the calendar's own platform. */
  readonly otherVideo: (typeof videoKinds)[number] | null
  /** A text no document knows, sent instead of that of the booking's state. */
  readonly reservationText: string | null
  /** The same for the state of its check-in. */
  readonly checkInText: string | null
}

const plainUse: RoomUse = {
  checkIn: { state: 'auto', atMs: null, device: null },
  release: null,
  originalStartMs: null,
  contactId: null,
  otherVideo: null,
  reservationText: null,
  checkInText: null,
}

/** What is given of a room's use, the rest plain; nothing else of `given` gets in. */
export const useFrom = (given: Partial<RoomUse>): RoomUse => ({
  checkIn: given.checkIn ?? plainUse.checkIn,
  release: given.release ?? null,
  originalStartMs: given.originalStartMs ?? null,
  contactId: given.contactId ?? null,
  otherVideo: given.otherVideo ?? null,
  reservationText: given.reservationText ?? null,
  checkInText: given.checkInText ?? null,
})
