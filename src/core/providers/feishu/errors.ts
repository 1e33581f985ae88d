import { MINUTE_MS, SECOND_MS } from '../../../shared/domain/duration.ts'
import type { ProviderErrorKind } from '../../../shared/domain/providerErrorKind.ts'
import { createZone, startOfNextMonth } from '../../../shared/domain/zonedTime.ts'
import { ProviderError } from '../ProviderError.ts'
import type { AnswerHeaders } from '../http/createHttpClient.ts'
import { VENDOR_ZONE } from '../vendorZone.ts'
import { envelopeSchema } from './schema.ts'

const MAX_PAUSE_SECONDS = 3600

/** The scopes the calls of a read ask for, by the vendor's names. */
export const feishuScopes = {
  busyTimes: 'calendar:room:readonly',
  rooms: 'vc:room:readonly',
  titles: 'calendar:room',
  videoMeetings: 'vc:meeting:readonly',
} as const

/** The scopes of writing; `calendar:calendar` stands for all of them. Giving a room back needs `busyTimes` alone. */
export const feishuWriteScopes = {
  readCalendar: 'calendar:calendar:read',
  createEvents: 'calendar:calendar.event:create',
  updateEvents: 'calendar:calendar.event:update',
  readEvents: 'calendar:calendar.event:read',
  deleteEvents: 'calendar:calendar.event:delete',
} as const

/** What an app must have to own a calendar (190007), in the console's words. */
export const BOT_ABILITY = '开发者后台 > 添加应用能力 > 机器人'

/** What the creator of the app must hold besides the scope, in the console's words (121005). */
export const MEETING_ADMIN_RIGHT = '飞书管理后台 > 视频会议 > 会议管理'

interface Reaction {
  readonly kind: ProviderErrorKind
  /** For the developer reading the log; the vendor's own text may echo what we sent and is left out. */
  readonly meaning: string
  /** The screen's sentence for it: `settings.platforms.feishu.vendor.<hint>`; the kind's general one where absent. */
  readonly hint?: string
  readonly retryAfterMs?: number
}

const of = (codes: readonly number[], reaction: Reaction): readonly (readonly [number, Reaction])[] =>
  codes.map((code) => [code, reaction])

/** Every code of the pages of our calls and of the general list. */
const REACTIONS: ReadonlyMap<number, Reaction> = new Map([
  ...of([10003], {
    kind: 'auth',
    hint: 'appId',
    meaning: 'the App ID is wrong',
    retryAfterMs: 10 * MINUTE_MS,
  }),
  ...of([10005, 10014, 10015, 20002, 99991543], {
    kind: 'auth',
    hint: 'secret',
    meaning: 'the App Secret is wrong, or the app is not available',
    retryAfterMs: 10 * MINUTE_MS,
  }),
  ...of([10012, 10013], {
    kind: 'auth',
    hint: 'token',
    meaning: 'the App ID or the App Secret is wrong, or the app is not available',
    retryAfterMs: 10 * MINUTE_MS,
  }),
  ...of([2200], { kind: 'server', hint: 'secret', meaning: 'internal error of the token service' }),
  ...of([99991661, 99991663, 99991664, 99991665, 99991668, 99991671, 99991677], {
    kind: 'auth',
    hint: 'token',
    meaning: 'the token is not accepted',
  }),
  ...of([99991662, 99991673], {
    kind: 'auth',
    hint: 'notInstalled',
    meaning: 'the app is disabled or not installed',
  }),
  ...of([99991672, 99991676, 99991679], {
    kind: 'permission',
    hint: 'permission',
    meaning: 'a scope is not granted',
  }),
  ...of([121005], {
    kind: 'permission',
    hint: 'meetingAdmin',
    meaning: 'no permission for this resource',
  }),
  ...of([99991401], {
    kind: 'ipNotAllowed',
    hint: 'address',
    meaning: 'the caller’s address is not on the allow-list',
  }),
  ...of([99991400, 1000004, 1000005, 190004, 190005, 190010], {
    kind: 'rateLimited',
    hint: 'pace',
    meaning: 'rate limit',
    retryAfterMs: MINUTE_MS,
  }),
  ...of([99991403], { kind: 'quota', hint: 'month', meaning: 'the calls of the month are used up' }),
  ...of([105001, 121001, 190003], { kind: 'server', hint: 'busy', meaning: 'internal error' }),
  ...of([100005, 121004, 126001], { kind: 'notFound', hint: 'room', meaning: 'no such room' }),
  ...of([105003], { kind: 'notFound', meaning: 'no such occurrence any more' }),
  ...of([190006], { kind: 'auth', hint: 'brand', meaning: 'the app belongs to another host' }),
  ...of([190007], { kind: 'permission', hint: 'bot', meaning: 'the app has no bot' }),
  ...of([191002, 191003, 191004, 193002, 194001, 194002, 194003], {
    kind: 'permission',
    meaning: 'no permission for this calendar, event or attendee',
  }),
  ...of([195100], { kind: 'permission', meaning: 'the contact person left or does not exist' }),
  ...of([191000, 191001, 193000, 193001, 193003, 194000], {
    kind: 'notFound',
    meaning: 'no such calendar, event or attendee',
  }),
  ...of([100003, 105002, 121003, 126006], {
    kind: 'badResponse',
    hint: 'parameter',
    meaning: 'our request was malformed',
  }),
  ...of([190002, 190014, 194004], { kind: 'badResponse', meaning: 'our request was malformed' }),
  ...of([126005], {
    kind: 'badResponse',
    hint: 'clock',
    meaning: 'the time asked for lies ahead of the vendor’s',
  }),
  ...of([121002], {
    kind: 'permission',
    hint: 'parameter',
    meaning: 'not supported for this organisation',
  }),
  ...of([99991201, 99991301], { kind: 'badResponse', meaning: 'no such call at this address' }),
])

/** Every hint an error of this platform can carry. */
export const feishuHints: ReadonlySet<string> = new Set(
  [...REACTIONS.values()].flatMap(({ hint }) => hint ?? []),
)

const UNKNOWN: Reaction = { kind: 'badResponse', meaning: 'an error code we do not know' }
const TOKEN_REFUSED: ReadonlySet<string> = new Set(['99991663', '99991664', '99991665', '99991671'])
const SCOPE = /^[a-z][a-z0-9_]*(?:[:.][a-z0-9_]+){1,6}$/
/** Scopes of a part, of one kind of reading, of all reading. */
const NARROW = [/\./, /:read$/, /:readonly$/]
const SCOPES_IN_TEXT = /\[([a-z0-9_:., ]{1,400})\]/
const ADDRESS = /\bip:?\s+([0-9a-f.:]{3,45})\b/i

/** Reads the error out of an answer's envelope; null where it tells none. */
export type VendorErrorOf = (body: unknown, name: string, header: AnswerHeaders) => ProviderError | null

/**
 * Success is told by `code` 0 alone, never by HTTP status or `msg`.
 * @param nowMs the present by the vendor's clock, to know which month is spent
 */
export function createVendorErrorOf(nowMs: () => number): VendorErrorOf {
  const zone = createZone(VENDOR_ZONE)
  return (body, name, header) => {
    const envelope = envelopeSchema.safeParse(body)
    if (!envelope.success || envelope.data.code === 0) return null
    const { code, msg, error } = envelope.data
    const { kind, hint, meaning, retryAfterMs } = REACTIONS.get(code) ?? UNKNOWN
    const subjects = error?.permission_violations?.map(({ subject }) => subject) ?? []
    return new ProviderError(kind, `${name}: ${code}, ${meaning}`, {
      vendorCode: String(code),
      hint,
      retryAfterMs: kind === 'rateLimited' ? (resetMs(header) ?? retryAfterMs) : retryAfterMs,
      resumesAtMs: kind === 'quota' ? startOfNextMonth(zone, nowMs()) : undefined,
      refusedAddress: kind === 'ipNotAllowed' ? ADDRESS.exec(msg)?.[1] : undefined,
      missingPermission: kind === 'permission' ? missingOf(code, subjects, msg) : undefined,
    })
  }
}

/** Seconds until the window is over; the vendor asks for nothing sooner. */
function resetMs(header: AnswerHeaders): number | undefined {
  const text = header('x-ogw-ratelimit-reset')?.trim() ?? ''
  if (!/^\d{1,9}$/.test(text)) return undefined
  return Math.min(Math.max(Number(text), 1), MAX_PAUSE_SECONDS) * SECOND_MS
}

/** Any one of the named scopes is enough: the narrowest is the one to ask for. */
function missingOf(code: number, subjects: readonly string[], msg: string): string | undefined {
  if (code === 121005) return MEETING_ADMIN_RIGHT
  if (code === 190007) return BOT_ABILITY
  const told = subjects.length > 0 ? subjects : (SCOPES_IN_TEXT.exec(msg)?.[1]?.split(/[ ,]+/) ?? [])
  const scopes = told.filter((scope) => SCOPE.test(scope))
  return NARROW.flatMap((pattern) => scopes.find((scope) => pattern.test(scope)) ?? [])[0] ?? scopes[0]
}

/** The vendor refused the token itself: one fresh token may help, a second refusal may not be repeated. */
export const isTokenRefused = (error: unknown): boolean =>
  error instanceof ProviderError && TOKEN_REFUSED.has(error.details.vendorCode ?? '')

/** One id among those asked for is no room's, and spoils the answer for the others. */
export const isRoomRefused = (error: ProviderError): boolean => error.kind === 'notFound'

/**
 * Whether the platform itself said no in its envelope, with whatever code. Its internal errors leave open what was done,
 * and an HTTP status is a gateway's word.
 */
export const isAnswered = ({ kind, details }: ProviderError): boolean =>
  kind !== 'server' && /^\d+$/.test(details.vendorCode ?? '')

/** An occurrence that cannot be answered any more (105003) was moved, is over, or was given back. */
export const isOccurrenceGone = ({ details }: ProviderError): boolean => details.vendorCode === '105003'

/** An event that is not there needs no taking back: 193001 not found, 193003 deleted. */
export const isEventGone = ({ details }: ProviderError): boolean =>
  details.vendorCode === '193001' || details.vendorCode === '193003'
