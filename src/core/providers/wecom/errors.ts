import type { ActionRefusal } from '../../../shared/domain/action.ts'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/domain/duration.ts'
import type { ProviderErrorKind } from '../../../shared/domain/providerErrorKind.ts'
import { ProviderError } from '../ProviderError.ts'
import { BODY_TOO_LONG } from '../http/readBody.ts'
import { isApiWide } from '../isApiWide.ts'
import { reasonFor } from '../writes/refusal.ts'
import { envelopeSchema } from './schema.ts'

/** The switches an admin must set for a self-built app, in the console's words (D:93618, D:93626, D:90665). */
export const wecomSwitches = {
  officeRooms: '应用管理 > 会议室 > 可调用接口的应用',
  meetings: '协作 > 会议 > API > 可调用接口的应用',
  visibleRange: '应用管理 > 自建应用 > 可见范围',
  advancedMeetings: '会议高级功能',
  app: '应用管理 > 自建应用 > 启用',
} as const

interface Reaction {
  readonly kind: ProviderErrorKind
  /** For the developer reading the log; the vendor's own text may echo what we sent and is left out. */
  readonly meaning: string
  readonly retryAfterMs?: number
  /** The screen's sentence for it: `settings.platforms.wecom.vendor.<hint>`; the kind's general one where absent. */
  readonly hint?: string
  /** The switch to name to the admin. */
  readonly missing?: string
  /** The switch to name is the one of the API that refused. */
  readonly isSwitchOfCall?: true
}

const of = (codes: readonly number[], reaction: Reaction): readonly (readonly [number, Reaction])[] =>
  codes.map((code) => [code, reaction])

/** Every code of the platform's error table that our calls may meet (D:90313), with what it asks of us. */
const REACTIONS: ReadonlyMap<number, Reaction> = new Map([
  ...of([-1], { kind: 'server', hint: 'busy', meaning: 'the platform is busy' }),
  ...of([6000, 45035], {
    kind: 'server',
    meaning: 'concurrent change',
    retryAfterMs: 2 * SECOND_MS,
  }),
  ...of([40014, 42001], { kind: 'auth', hint: 'token', meaning: 'the token is no longer valid' }),
  ...of([40001, 40091, 41004], {
    kind: 'auth',
    hint: 'secret',
    meaning: 'the secret is wrong, or the app is disabled',
    retryAfterMs: 10 * MINUTE_MS,
  }),
  ...of([40013, 41002], {
    kind: 'auth',
    hint: 'corpId',
    meaning: 'the corpid is wrong',
    retryAfterMs: 10 * MINUTE_MS,
  }),
  ...of([41001, 40035, 40058, 40063], { kind: 'badResponse', meaning: 'our request was malformed' }),
  ...of([40003, 46004, 60111], {
    kind: 'notFound',
    hint: 'person',
    meaning: 'no such person in the visible range',
  }),
  ...of([45009], { kind: 'rateLimited', hint: 'limit', meaning: 'rate limit', retryAfterMs: MINUTE_MS }),
  ...of([45033], {
    kind: 'rateLimited',
    hint: 'parallel',
    meaning: 'too many parallel calls',
    retryAfterMs: 5 * SECOND_MS,
  }),
  ...of([45029, 45036], { kind: 'server', meaning: 'the answer is too large: ask for less' }),
  ...of([48001, 48002, 48004], {
    kind: 'permission',
    hint: 'switch',
    meaning: 'the app may not call this API',
    isSwitchOfCall: true,
  }),
  ...of([48006], {
    kind: 'permission',
    hint: 'withdrawn',
    meaning: 'the permission was withdrawn after long disuse',
    isSwitchOfCall: true,
  }),
  ...of([48005], { kind: 'badResponse', meaning: 'the API was retired' }),
  ...of([48009], {
    kind: 'permission',
    hint: 'visibleRange',
    meaning: 'contact synchronisation may not read this',
    missing: wecomSwitches.visibleRange,
  }),
  ...of([48010], { kind: 'tls', hint: 'tls', meaning: 'the TLS version is too old' }),
  ...of([50002, 60011, 60021, 60030], {
    kind: 'permission',
    hint: 'visibleRange',
    meaning: 'outside the visible range of the app',
    missing: wecomSwitches.visibleRange,
  }),
  ...of([50003, 50006, 60031], {
    kind: 'permission',
    hint: 'disabled',
    meaning: 'the app is disabled or barred',
    missing: wecomSwitches.app,
  }),
  ...of([50100], { kind: 'badResponse', meaning: 'the paging cursor is no longer valid' }),
  ...of([60020, 301042], {
    kind: 'ipNotAllowed',
    hint: 'address',
    meaning: 'the caller’s address is not on the allow-list',
  }),
  ...of([90457, 90458, 90459, 90460, 90461, 90462], {
    kind: 'notFound',
    meaning: 'no such calendar entry',
  }),
  ...of([90466, 90472, 90477, 90479, 90498, 90499, 90700], {
    kind: 'permission',
    meaning: 'the booking or calendar entry belongs to somebody else',
  }),
  ...of([90711], { kind: 'notFound', hint: 'roomDisabled', meaning: 'the room is disabled' }),
  ...of([90602, 730005, 730008, 730010], { kind: 'notFound', meaning: 'no meeting of this app' }),
  ...of([400028, 680106], {
    kind: 'permission',
    hint: 'meetingsOff',
    meaning: 'the meeting app is switched off',
    missing: wecomSwitches.meetings,
  }),
  ...of([730007, 730011], {
    kind: 'permission',
    hint: 'plan',
    meaning: 'the plan lacks the advanced meeting features',
    missing: wecomSwitches.advancedMeetings,
  }),
  ...of([301007], {
    kind: 'permission',
    hint: 'company',
    meaning: 'the company is not available',
  }),
])

/** Every hint an error of this platform can carry. */
export const wecomHints: ReadonlySet<string> = new Set(
  [...REACTIONS.values()].flatMap(({ hint }) => hint ?? []),
)

const UNKNOWN: Reaction = { kind: 'badResponse', meaning: 'an error code we do not know' }
const TOO_WIDE: ReadonlySet<string> = new Set(['45029', '45036', BODY_TOO_LONG, '40035', '40058'])
const TOKEN_REFUSED: ReadonlySet<string> = new Set(['40014', '42001', '40001'])
/** About one person or one room, not about the app. */
const OUTSIDE_RANGE: ReadonlySet<string> = new Set(['50002', '60011', '60021', '60030'])
const ADDRESS = /from ip:\s*([0-9a-f.:]{3,45})/i

/**
 * The error an answer's envelope tells, or null where it tells none. Success is told by `errcode` alone, never by HTTP
 * status or `errmsg` (D:90313).
 * @param name the call's path below `/cgi-bin/`
 */
export function vendorErrorOf(body: unknown, name: string): ProviderError | null {
  const envelope = envelopeSchema.safeParse(body)
  if (!envelope.success)
    return isOddEnvelope(body) ? new ProviderError('badResponse', `${name}: odd errcode`) : null
  const { errcode = 0, errmsg } = envelope.data
  if (errcode === 0) return null
  const { kind, hint, meaning, retryAfterMs, missing, isSwitchOfCall } = REACTIONS.get(errcode) ?? UNKNOWN
  // Wrong secrets repeated block the caller's address for an hour, and that block speaks as 45009 (D:90312).
  const isBlocked = errcode === 45009 && name === 'gettoken'
  return new ProviderError(kind, `${name}: ${errcode}, ${meaning}`, {
    vendorCode: String(errcode),
    hint,
    retryAfterMs: isBlocked ? HOUR_MS : retryAfterMs,
    refusedAddress: kind === 'ipNotAllowed' ? ADDRESS.exec(errmsg)?.[1] : undefined,
    missingPermission: isSwitchOfCall ? switchOf(name) : missing,
  })
}

/** An `errcode` that is no number must not be mistaken for a missing one, which is success. */
const isOddEnvelope = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'errcode' in body

function switchOf(name: string): string {
  if (name.startsWith('meeting/')) return wecomSwitches.meetings
  return name.startsWith('user/') ? wecomSwitches.visibleRange : wecomSwitches.officeRooms
}

/** The vendor refused the token itself: one fresh token may help, a second refusal may not be repeated. */
export const isTokenRefused = (error: unknown): boolean =>
  error instanceof ProviderError && TOKEN_REFUSED.has(error.details.vendorCode ?? '')

/** A question about a whole place got too large an answer, or is one the platform does not take: ask for each room. */
export const isTooWide = (error: ProviderError): boolean => TOO_WIDE.has(error.details.vendorCode ?? '')

/** One person cannot be told, and will not be for hours: left, deleted, or outside the visible range. */
export const isNobody = ({ kind, details }: ProviderError): boolean =>
  kind === 'notFound' || OUTSIDE_RANGE.has(details.vendorCode ?? '')

/** The paging cursor was refused: start again from the first page. */
export const isCursorRefused = (error: unknown): boolean =>
  error instanceof ProviderError && error.details.vendorCode === '50100'

/** Failures that stand in the way of the other rooms too; somebody outside the range stands for themselves. */
export const stopsOthers = (error: ProviderError): boolean => isApiWide(error) && !isNobody(error)

/**
 * A question for one room whose id is the only parameter a user chose: refused as malformed, the id is the likely fault.
 * The code for an id that does not exist is not documented.
 */
export function asUnknownRoom(error: ProviderError): ProviderError {
  if (error.details.vendorCode !== '40058') return error
  return new ProviderError('notFound', error.message, error.details)
}

/** Reasons the error's kind alone does not tell. */
const BOOKING_REFUSALS: ReadonlyMap<string, ActionRefusal> = new Map([
  ['90711', 'closed'],
  // The service person does not exist or is outside the range of the app or of the room.
  ...['40003', '46004', '60111'].map((code) => [code, 'permission'] as const),
])

/** Why a booking was refused. The codes of a taken slot and of a room with approval are not documented. */
export const bookingRefusalOf = (error: ProviderError): ActionRefusal =>
  BOOKING_REFUSALS.get(error.details.vendorCode ?? '') ?? reasonFor(error.kind)

/** Why a booking was not given back: 90499 says that the app did not make it (D:93620). */
export const cancelRefusalOf = (error: ProviderError): ActionRefusal =>
  error.details.vendorCode === '90499' ? 'notOwn' : reasonFor(error.kind)

/**
 * Whether the platform itself said no in its envelope, with whatever code. "Busy" and "concurrent change" leave open what
 * was done, and an HTTP status is a gateway's word.
 */
export const isAnswered = ({ kind, details }: ProviderError): boolean =>
  kind !== 'server' && /^-?\d+$/.test(details.vendorCode ?? '')
