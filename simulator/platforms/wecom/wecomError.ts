import type { Fields } from '../../http/fields.ts'

/**
 * The codes the platform answers with (D:90313). The last two are not in any document: the code of a slot already
 * taken and of a room with approval are UNVERIFIED, so here they are numbers no table has, which a caller must
 * survive.
 */
export const wecomCodes = {
  badCredential: 40001,
  badCorpId: 40013,
  badToken: 40014,
  badParameter: 40058,
  emptyParameter: 40063,
  invalidJson: 40035,
  disabledSecret: 40091,
  noToken: 41001,
  noCorpId: 41002,
  noSecret: 41004,
  expiredToken: 42001,
  tooManyCalls: 45009,
  tooManyParallelCalls: 45033,
  apiForbidden: 48002,
  appDisabled: 50003,
  badCursor: 50100,
  noSuchDepartment: 60003,
  ipNotAllowed: 60020,
  outsideRange: 60030,
  noSuchPerson: 60111,
  badSchedule: 90459,
  deletedSchedule: 90460,
  foreignSchedule: 90466,
  scheduleHasOtherRoom: 90498,
  foreignBooking: 90499,
  noSuchMeeting: 90602,
  roomDisabled: 90711,
  meetingAppOff: 400028,
  cancelledMeeting: 400041,
  foreignMeeting: 730005,
  noAdvancedMeetings: 730007,
  deletedMeeting: 730008,
  slotTaken: 90701,
  roomNeedsApproval: 90702,
} as const

/** A refusal, carried to the envelope. */
export class WecomError extends Error {
  readonly errcode: number
  /** What the answer carries besides the error. */
  readonly rest: Fields

  constructor(errcode: number, message: string, rest: Fields = {}) {
    super(message)
    this.name = 'WecomError'
    this.errcode = errcode
    this.rest = rest
  }
}

/** `from ip` is where the platform saw the call come from; panels read it out of a 60020. */
export const errorText = (errcode: number, text: string, callerIp: string, nowMs: number): string =>
  `${text}, hint: [${Math.floor(nowMs / 1000)}${String(errcode).padStart(9, '0')}], from ip: ${callerIp}, ` +
  `more info at https://open.work.weixin.qq.com/devtool/query?e=${errcode}`
