import { randomUUID } from 'node:crypto'

import type { Fields } from '../../http/fields.ts'

/** The codes of the new API. Every throttle and every missing right begins with `Forbidden.AccessDenied.`. */
export const dingtalkCodes = {
  badToken: 'InvalidAuthentication',
  badSecret: 'invalidClientIdOrSecret',
  missingBody: 'Missingbody',
  noPermission: 'Forbidden.AccessDenied.AccessTokenPermissionDenied',
  ipNotAllowed: 'Forbidden.AccessDenied.IpNotInWhiteList',
  tooManyPerSecond: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi',
  tooManyPerMinute: 'Forbidden.AccessDenied.QpmLimitForAppkeyAndApi',
  tooManyOfAll: 'Forbidden.AccessDenied.QpsLimitForApi',
  monthSpent: 'Forbidden.AccessDenied.ApiCountLimitForOrg',
  badRoomsParameter: 'param.error',
  notEmployee: 'user.not.employee',
  noSuchRoom: 'room.not.found',
  badParameter: 'invalidParameter',
  badTimestamp: 'InvalidParameter.ParsedISO8601TimestampError',
  roomNotAvailable: 'meetingRoomNotAvailable',
  outsideScope: 'permissionDeny',
  notOrganiser: 'permissionDenied',
  tooManyCreates: 'flowLimit',
  notInEvent: 'notInEvent',
  noSuchEvent: 'itemNotFound',
  noSuchInstance: 'instanceNotExist',
} as const

const statuses: Readonly<Record<string, number>> = {
  itemNotFound: 404,
  instanceNotExist: 404,
  'system.busy': 429,
  systemBusy: 429,
  'system.error': 500,
  unknownError: 500,
  'group.query.error': 500,
  'service.timeout': 503,
}

/** D:server-api-error-codes-1: an expired token is 400, a throttle 403; what the list does not name is 400. */
export const statusOfCode = (code: string): number =>
  statuses[code] ?? (code.startsWith('Forbidden.') ? 403 : 400)

/** A refusal of the new API, carried to its envelope. */
export class DingtalkError extends Error {
  readonly code: string
  /** What the answer carries besides the error. */
  readonly rest: Fields

  constructor(code: string, message: string, rest: Fields = {}) {
    super(message)
    this.name = 'DingtalkError'
    this.code = code
    this.rest = rest
  }
}

/** The address is shut out by the firewall before any API is reached: no code, no envelope. */
export class BannedError extends Error {
  constructor() {
    super('banned')
    this.name = 'BannedError'
  }
}

export const newRequestId = (): string => randomUUID().toUpperCase()

/** `requestid` in lower case, whatever the language of the rest. */
export const errorBody = (code: string, message: string, rest: Fields = {}): Fields => ({
  code,
  requestid: newRequestId(),
  message,
  ...rest,
})
