/** The scopes a panel's app asks for, by their own names, and some a real app has besides. */
export const feishuScopes = [
  'vc:room:readonly',
  'vc:room',
  'vc:meeting:readonly',
  'calendar:room:readonly',
  'calendar:room',
  'calendar:calendar',
  'calendar:calendar:readonly',
  'calendar:calendar:read',
  'calendar:calendar.free_busy:read',
  'calendar:calendar.event:create',
  'calendar:calendar.event:read',
  'calendar:calendar.event:update',
  'calendar:calendar.event:delete',
  'contact:contact.base:readonly',
  'contact:user.base:readonly',
  'contact:user.department:readonly',
  'contact:user.employee_id:readonly',
] as const
export type FeishuScope = (typeof feishuScopes)[number]

/** What the documents tell an administrator to grant, and no more: the wide old scopes stay off. */
const seededScopes: readonly FeishuScope[] = [
  'vc:room:readonly',
  'vc:meeting:readonly',
  'calendar:room:readonly',
  'calendar:room',
  'calendar:calendar:read',
  'calendar:calendar.free_busy:read',
  'calendar:calendar.event:create',
  'calendar:calendar.event:read',
  'calendar:calendar.event:update',
  'calendar:calendar.event:delete',
  'contact:contact.base:readonly',
  'contact:user.base:readonly',
]

export const feishuLanguages = ['zh', 'en'] as const
export const feishuBlanks = ['mixed', 'empty', 'dash', 'missing'] as const

/** The organisation's custom app on Feishu, and what its administrator set around it. */
export interface FeishuApp {
  readonly appId: string
  readonly appSecret: string
  readonly name: string
  isEnabled: boolean
  /** Without it the app has no calendar. */
  hasBot: boolean
  /** Whether the person who made the app may manage meetings: the reservation list asks for it. */
  isMadeByMeetingAdmin: boolean
  scopes: ReadonlySet<FeishuScope>
  /** How long a room thinks about a booking. */
  roomAnswerMs: number
  tokenLifetimeSeconds: number
  /** The HTTP status of refused tokens, which no document tells. */
  tokenErrorStatus: number
  /** The code of a wrong secret; the documents have several. */
  wrongSecretCode: number
  /** The offset the reservation list writes its times in. */
  listOffsetMinutes: number
  /** The offset busy times are written in. */
  freebusyOffsetMinutes: number
  /** How late a new booking appears in the reservation list. */
  listLagMs: number
  /** How long busy times still have what was released. */
  freebusyLagMs: number
  /** The language of the reservation list's texts. */
  textLanguage: (typeof feishuLanguages)[number]
  /** How the reservation list tells nothing; `mixed`: every way, by column. */
  blanks: (typeof feishuBlanks)[number]
}

export const createFeishuApp = (): FeishuApp => ({
  appId: 'cli_simulator',
  appSecret: 'simulator-secret-feishu',
  name: '会议门牌',
  isEnabled: true,
  hasBot: true,
  isMadeByMeetingAdmin: true,
  scopes: new Set(seededScopes),
  roomAnswerMs: 1_500,
  tokenLifetimeSeconds: 7_200,
  tokenErrorStatus: 400,
  wrongSecretCode: 10015,
  listOffsetMinutes: 480,
  freebusyOffsetMinutes: 480,
  listLagMs: 0,
  freebusyLagMs: 0,
  textLanguage: 'zh',
  blanks: 'mixed',
})

/** How much Feishu allows. */
export interface FeishuLimits {
  /** Over all custom apps of an organisation in a calendar month; null is no limit, as on paid plans. */
  feishuCallsPerMonth: number | null
  /** Of each API instead of the documented number; null is the documented number. */
  feishuCallsPerMinute: number | null
}

/** The month's 10,000 are the free plan's. */
export const defaultFeishuLimits = (): FeishuLimits => ({
  feishuCallsPerMonth: 10_000,
  feishuCallsPerMinute: null,
})

/** What no document of Feishu settles; all are off in a new world. */
export interface FeishuQuirks {
  /** The reservation list takes a window of exactly one day. */
  takesWholeDayWindow: boolean
  /** The reservation list knows only what has begun. */
  listsOnlyBegun: boolean
  /** The reservation list has rows of cancelled and refused bookings, with texts no document has. */
  listsCancelledRows: boolean
  /** A released row still says it is booked, as the documents' own sample does. */
  keepsBookedText: boolean
  /** Titles of private events are not told. */
  hidesPrivateTitles: boolean
  /** A reply with `original_time` 0 hits one occurrence of a series instead of all. */
  repliesToOneInstance: boolean
  /** An event moved to where its room is taken keeps the room as it was; else it loses it. */
  keepsRoomOnRefusedMove: boolean
  /** Fields that are empty, 0 or false are left out. */
  dropsEmptyFields: boolean
  /** Busy times leave out rooms that are free. */
  omitsFreeRooms: boolean
  /** One room nobody knows fails the whole query of busy times. */
  refusesUnknownRooms: boolean
  /** All-day bookings are told as midnights in UTC. */
  tellsAllDayInUtc: boolean
  /** An app may search rooms without a user's token. */
  letsAppsSearchRooms: boolean
  /** An app may book a room without naming a contact. */
  takesRoomsWithoutContact: boolean
  /** A room's status turns by itself when its closure begins. */
  closesRoomsByItself: boolean
}

export const defaultFeishuQuirks = (): FeishuQuirks => ({
  takesWholeDayWindow: false,
  listsOnlyBegun: false,
  listsCancelledRows: false,
  keepsBookedText: false,
  hidesPrivateTitles: false,
  repliesToOneInstance: false,
  keepsRoomOnRefusedMove: false,
  dropsEmptyFields: false,
  omitsFreeRooms: false,
  refusesUnknownRooms: false,
  tellsAllDayInUtc: false,
  letsAppsSearchRooms: false,
  takesRoomsWithoutContact: false,
  closesRoomsByItself: false,
})
