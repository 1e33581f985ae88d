export const dingtalkScopes = [
  'qyapi_base',
  'qyapi_get_member',
  'VideoConference.Conference.Read',
  'VideoConference.Conference.Write',
  'Calendar.Event.Read',
  'Calendar.Event.Write',
  'Calendar.EventSchedule.Read',
] as const
/** A permission of the DingTalk console, by its own name. */
export type DingtalkScope = (typeof dingtalkScopes)[number]

/** The organisation's one internal app on DingTalk. */
export interface DingtalkApp {
  readonly appKey: string
  readonly appSecret: string
  readonly corpId: string
  /** The employee the panels call as. */
  readonly operatorId: string
  readonly scopes: ReadonlySet<DingtalkScope>
}

export const createDingtalkApp = (): DingtalkApp => ({
  appKey: 'ding-simulator-app',
  appSecret: 'simulator-secret-dingtalk',
  corpId: 'dingsimulatorcorp',
  operatorId: 'doorplate',
  scopes: new Set(dingtalkScopes),
})

/** How much DingTalk allows. Null: no limit. */
export interface DingtalkLimits {
  /** Per organisation and calendar month; token and contact calls are free. */
  dingtalkCallsPerMonth: number | null
  /** Per app and API. */
  dingtalkCallsPerSecond: number | null
  /** Per app and API; the number is not published. */
  dingtalkCallsPerMinute: number | null
  /** Per API, of all organisations together: a small number shows the caller somebody else's rush. */
  dingtalkCallsOfAllPerSecond: number | null
  /** Per address, all APIs together, in 20 seconds; past it the address is banned for 5 minutes. */
  dingtalkCallsPer20Seconds: number | null
  /** Tokens asked for in a minute. */
  dingtalkTokensPerMinute: number | null
  /** Events one person may have created in a day. */
  dingtalkCreatesPerDay: number | null
  /** Rooms one busy query may ask for. */
  dingtalkRoomsPerQuery: number | null
  /** Rooms one page of the list holds, whatever was asked for. */
  dingtalkRoomsPerPage: number | null
}

/** The month's 5,000 and the 20 a second are the standard edition's; tokens per minute is made up. */
export const defaultDingtalkLimits = (): DingtalkLimits => ({
  dingtalkCallsPerMonth: 5_000,
  dingtalkCallsPerSecond: 20,
  dingtalkCallsPerMinute: null,
  dingtalkCallsOfAllPerSecond: null,
  dingtalkCallsPer20Seconds: 10_000,
  dingtalkTokensPerMinute: 60,
  dingtalkCreatesPerDay: 100,
  dingtalkRoomsPerQuery: 5,
  dingtalkRoomsPerPage: 100,
})

/** What no document of DingTalk settles; false is always the way that is harder for a panel. */
export interface DingtalkQuirks {
  /** Busy times of a series carry the id of each occurrence instead of the series' own. */
  tellsInstanceIds: boolean
  /** All-day bookings come as local midnights instead of midnights in UTC. */
  tellsAllDayLocally: boolean
  /** Busy times leave out what is over. */
  omitsPastItems: boolean
  /** A private event is refused instead of told without its title. */
  refusesPrivateEvents: boolean
  /** Calls answered with 4xx or 5xx do not count in the month. */
  sparesFailedCalls: boolean
  /** An event that changes its time leaves its room booked as before, with a good answer. */
  keepsRoomTimeOnMove: boolean
  /** An event moved to where its room is taken loses the room, with a good answer; else the move is refused. */
  losesRoomOnMove: boolean
  /** An event may become shorter than its room's minimum. */
  allowsShortRemainder: boolean
  /** Contact calls refuse tokens with 88 and a `sub_code`, and send numbers and booleans as texts. */
  usesOldContactShape: boolean
}

export const defaultDingtalkQuirks = (): DingtalkQuirks => ({
  tellsInstanceIds: false,
  tellsAllDayLocally: false,
  omitsPastItems: false,
  refusesPrivateEvents: false,
  sparesFailedCalls: false,
  keepsRoomTimeOnMove: false,
  losesRoomOnMove: false,
  allowsShortRemainder: false,
  usesOldContactShape: false,
})
