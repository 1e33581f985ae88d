import type { Fields } from '../../http/fields.ts'

/** The codes the platform answers with. */
export const feishuCodes = {
  badTokenRequest: 10003,
  appUnavailable: 10014,
  wrongSecret: 10015,
  noSuchUser: 41012,
  userOutOfScope: 41050,
  badContactRequest: 40001,
  badTime: 100003,
  badRoom: 100005,
  roomsInternal: 105001,
  badRoomRequest: 105002,
  badOriginalTime: 105003,
  vcBadParameter: 121003,
  vcNotThere: 121004,
  vcNoPermission: 121005,
  badConfigScope: 126001,
  startAhead: 126005,
  windowTooLong: 126006,
  badCalendarRequest: 190002,
  noBot: 190007,
  badCalendarDetail: 190014,
  noSuchCalendar: 191000,
  badCalendarId: 191001,
  badEventId: 193000,
  noSuchEvent: 193001,
  eventDeleted: 193003,
  noSuchAttendee: 194000,
  mayNotListAttendees: 194001,
  badAttendeeType: 194004,
  userLeft: 195100,
  badPath: 99991201,
  badMethod: 99991301,
  tooManyCalls: 99991400,
  ipNotAllowed: 99991401,
  quotaUsedUp: 99991403,
  noToken: 99991661,
  appDisabled: 99991662,
  badTenantToken: 99991663,
  badUserToken: 99991668,
  badTokenShape: 99991671,
  noScope: 99991672,
} as const

/**
 * The HTTP status of each code as its page prints it. Not printed, so UNVERIFIED: 40001 to 105003 and everything of
 * 9999xxxx but 429. The token endpoint answers errors with 200, as developers report; so does 105003 here, because a
 * caller that looks at the status alone must notice.
 */
const statuses: Readonly<Record<number, number>> = {
  10003: 200,
  10005: 200,
  10012: 200,
  10013: 200,
  10014: 200,
  10015: 200,
  2200: 200,
  105001: 500,
  105003: 200,
  121001: 500,
  121004: 404,
  121005: 403,
  190003: 500,
  190004: 429,
  190005: 429,
  190006: 403,
  190007: 404,
  190010: 429,
  191000: 404,
  191002: 403,
  191003: 403,
  191004: 403,
  193001: 404,
  193002: 403,
  193003: 403,
  194000: 404,
  194001: 403,
  194002: 403,
  194003: 403,
  195100: 404,
  1000004: 429,
  1000005: 429,
  99991201: 404,
  99991301: 405,
  99991400: 429,
  99991403: 429,
}

export const statusOf = (code: number): number => statuses[code] ?? 400

/** A refusal, carried to the envelope. */
export class FeishuError extends Error {
  readonly code: number
  readonly status: number
  /** What the envelope's `error` carries besides the log id. */
  readonly detail: Fields
  readonly headers: Readonly<Record<string, string>>

  constructor(
    code: number,
    message: string,
    more: { status?: number; detail?: Fields; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message)
    this.name = 'FeishuError'
    this.code = code
    this.status = more.status ?? statusOf(code)
    this.detail = more.detail ?? {}
    this.headers = more.headers ?? {}
  }
}

/** The envelope of a failure. There is no `data` in it. */
export const errorBody = (code: number, msg: string, logId: string, detail: Fields = {}): Fields => ({
  code,
  msg,
  error: {
    log_id: logId,
    troubleshooter: `Copy the link to see what to do: https://open.feishu.cn/search?log_id=${logId}`,
    ...detail,
  },
})
