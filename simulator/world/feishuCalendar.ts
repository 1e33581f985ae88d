export const checkInModes = ['on', 'off', 'noDevice'] as const

/** What an administrator set for a room in Feishu's console alone. */
export interface FeishuRoom {
  readonly checkIn: (typeof checkInModes)[number]
  /** The window around a start in which a room can be checked in. */
  readonly checkInOpensMin: number
  readonly checkInClosesMin: number
  /** Whether the platform gives a room back itself when nobody checked in. */
  readonly releasesNoShows: boolean
  /** The part of a day the room can be booked for, in minutes after local midnight. */
  readonly opensAtMin: number
  readonly closesAtMin: number
}

export const plainFeishuRoom: FeishuRoom = {
  checkIn: 'off',
  checkInOpensMin: 10,
  checkInClosesMin: 10,
  releasesNoShows: false,
  opensAtMin: 0,
  closesAtMin: 1_440,
}

export type Rsvp = 'needs_action' | 'accept' | 'decline'

/** A room somebody wants for an event. */
export interface RoomRequest {
  readonly attendeeId: string
  readonly roomId: number
  readonly rsvp: Rsvp
  /** Whom the app named as the contact. */
  readonly contactId: string | null
  /** What the room's yes made. */
  readonly bookingId: string | null
  /** Counts the questions asked: an answer to an older one no longer counts. */
  readonly question: number
}

/** What a calendar event has on Feishu besides what every calendar entry has. */
export interface FeishuEvent {
  readonly rooms: readonly RoomRequest[]
  /** User ids of invited people. */
  readonly guestIds: readonly string[]
  readonly visibility: string
  readonly freeBusyStatus: string
  /** A video meeting is made as soon as somebody is invited. */
  readonly makesVideo: boolean
}

/** Feishu's own part of the world. */
export interface FeishuCalendar {
  /** Keyed by the room's number; a room without an entry is a plain one. */
  readonly rooms: Map<number, FeishuRoom>
  /** Keyed by the id of the calendar entry. */
  readonly events: Map<string, FeishuEvent>
}

export const createFeishuCalendar = (): FeishuCalendar => ({ rooms: new Map(), events: new Map() })
