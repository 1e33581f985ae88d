/** What a calendar keeps of a meeting besides who, when and where. */
export interface EventTraits {
  /** IANA name of the zone the meeting was made in; the instants are right whatever it is. */
  readonly timeZone: string
  /** The organiser hid what it is about. */
  readonly isPrivate: boolean
  /** It has a video meeting of the calendar's own platform. */
  readonly isOnline: boolean
}

export const plainTraits: EventTraits = { timeZone: 'Asia/Shanghai', isPrivate: false, isOnline: false }

/** Only the traits of something that has more. */
export const traitsOf = ({ timeZone, isPrivate, isOnline }: EventTraits): EventTraits => ({
  timeZone,
  isPrivate,
  isOnline,
})
