import {
  FieldError,
  type Fields,
  isGiven,
  optional,
  readFilledText,
  readInteger,
  readOneOf,
  readTexts,
  refuseUnknown,
} from '../http/fields.ts'

const faultKinds = [
  'delay',
  'slowBody',
  'drop',
  'corrupt',
  'html',
  'emptyBody',
  'oversize',
  'errcode',
  'status',
  'wrongTypes',
  'missingFields',
  'missingRoom',
  'roomError',
  'truncate',
  'repeatCursor',
] as const
export type FaultKind = (typeof faultKinds)[number]

/** Something that goes wrong on purpose. Fields a kind does not use keep their defaults. */
export interface Fault {
  readonly id: string
  readonly kind: FaultKind
  /** The fault hits paths that contain this; '' hits all. */
  readonly route: string
  /** Calls of this HTTP method only; null hits all. */
  readonly method: string | null
  /** How often it still strikes; null without end. */
  readonly timesLeft: number | null
  /** `after`: the call takes effect first, and only its answer is lost. */
  readonly when: 'before' | 'after'
  /** delay: the wait; slowBody: the wait before each chunk. */
  readonly ms: number
  /** oversize: how much too long the answer is; slowBody: the size of a chunk. */
  readonly bytes: number
  /** The platform's own code: a number or a word. */
  readonly errcode: number | string
  readonly errmsg: string
  /** status: what is answered; errcode: instead of the status the platform gives the code. */
  readonly status: number | null
  /** Seconds for the Retry-After header. */
  readonly retryAfter: number | null
  /** wrongTypes, missingFields: the names to spoil; null for the default of the kind. */
  readonly fields: readonly string[] | null
  readonly meetingroomId: string
}

const parameters: Readonly<Record<FaultKind, readonly string[]>> = {
  delay: ['ms'],
  slowBody: ['ms', 'bytes'],
  drop: ['when'],
  corrupt: [],
  html: ['when'],
  emptyBody: ['when'],
  oversize: ['bytes'],
  errcode: ['errcode', 'errmsg', 'status', 'when'],
  status: ['status', 'retryAfter', 'when'],
  wrongTypes: ['fields'],
  missingFields: ['fields'],
  missingRoom: ['meetingroomId'],
  roomError: ['meetingroomId', 'errmsg'],
  truncate: [],
  repeatCursor: [],
}
const required: Partial<Record<FaultKind, string>> = {
  delay: 'ms',
  slowBody: 'ms',
  oversize: 'bytes',
  errcode: 'errcode',
  status: 'status',
  missingRoom: 'meetingroomId',
  roomError: 'meetingroomId',
}

function readCount(fields: Fields, name: string, least: number, most: number): number {
  const value = readInteger(fields, name)
  if (value < least || value > most) throw new FieldError(name, `an integer from ${least} to ${most}`)
  return value
}

const readCode = (fields: Fields, name: string): number | string =>
  typeof fields[name] === 'string' ? readFilledText(fields, name) : readInteger(fields, name)

function readRoomKey(fields: Fields): string {
  const value = fields['meetingroomId']
  return typeof value === 'number' ? String(value) : readFilledText(fields, 'meetingroomId')
}

/**
 * Reads the order for a fault.
 * @throws FieldError naming the first field that is wrong, missing or foreign to the kind
 */
export function readFault(fields: Fields, id: string): Fault {
  const kind = readOneOf(faultKinds)(fields, 'kind')
  refuseUnknown(fields, ['kind', 'route', 'method', 'times', ...parameters[kind]])
  const need = required[kind]
  if (need !== undefined && !isGiven(fields, need)) throw new FieldError(need, `given for the kind ${kind}`)
  const count = (name: string, least: number, most: number) =>
    optional((from, key) => readCount(from, key, least, most))(fields, name)
  return {
    id,
    kind,
    route: optional(readFilledText)(fields, 'route') ?? '',
    method: optional(readOneOf(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const))(fields, 'method') ?? null,
    timesLeft: count('times', 1, 1_000_000) ?? null,
    when: optional(readOneOf(['before', 'after'] as const))(fields, 'when') ?? 'before',
    ms: count('ms', 0, 600_000) ?? 0,
    bytes: count('bytes', 1, 256 * 1024 * 1024) ?? 64,
    errcode: optional(readCode)(fields, 'errcode') ?? 0,
    errmsg: optional(readFilledText)(fields, 'errmsg') ?? 'simulated error',
    status: count('status', 200, 599) ?? null,
    retryAfter: count('retryAfter', 0, 86_400) ?? null,
    fields: optional(readTexts)(fields, 'fields') ?? null,
    meetingroomId: isGiven(fields, 'meetingroomId') ? readRoomKey(fields) : '',
  }
}
