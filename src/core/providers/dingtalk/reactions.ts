import { MINUTE_MS, SECOND_MS } from '../../../shared/domain/duration.ts'
import type { ProviderErrorKind } from '../../../shared/domain/providerErrorKind.ts'

/** The permissions a door needs, by the console's names. */
export const dingtalkPermissions = {
  rooms: 'VideoConference.Conference.Read',
  events: 'Calendar.Event.Read',
  contacts: 'qyapi_get_member',
  /** Only where the door may book, extend, end or release. */
  writing: 'Calendar.Event.Write',
  /** Not a permission but a setting of ours that must name somebody of the organisation. */
  operator: 'operatorUnionId',
  /** The same, of the person in whose name the door books. */
  booker: 'bookerUnionId',
  /** Which people the app may see: 应用 > 权限管理 > 通讯录权限范围. */
  range: '通讯录权限范围',
} as const

/** What a refusal asks of us, and of an admin. */
export interface Reaction {
  readonly kind: ProviderErrorKind
  /** For the developer reading the log; the vendor's own text may echo what we sent and is left out. */
  readonly meaning: string
  /** The screen's sentence for it: `settings.platforms.dingtalk.vendor.<hint>`; the kind's general one where absent. */
  readonly hint?: string
  readonly retryAfterMs?: number
  readonly missing?: string
  /** The month is spent: nothing is answered before the next one. */
  readonly isMonthSpent?: true
}

type Rule = readonly [RegExp, Reaction]

/**
 * Codes of the new API (D:server-api-error-codes-1), the first match decides. Throttles stand before permissions: both
 * begin with `Forbidden.AccessDenied.` and both are HTTP 403.
 */
const RULES: readonly Rule[] = [
  [
    /ApiCountLimit/,
    { kind: 'quota', hint: 'month', meaning: 'the month’s calls are spent', isMonthSpent: true },
  ],
  [/QpmLimit/, { kind: 'rateLimited', hint: 'pace', meaning: 'calls of a minute', retryAfterMs: MINUTE_MS }],
  [
    /QpsLimitForApi$/,
    { kind: 'rateLimited', hint: 'pace', meaning: 'everybody’s calls', retryAfterMs: 4 * SECOND_MS },
  ],
  [
    /QpsLimit/,
    { kind: 'rateLimited', hint: 'pace', meaning: 'calls of a second', retryAfterMs: 2 * SECOND_MS },
  ],
  [/throttl/i, { kind: 'rateLimited', meaning: 'throttled', retryAfterMs: 5 * SECOND_MS }],
  [
    /^system\.?busy$/i,
    { kind: 'rateLimited', hint: 'pace', meaning: 'the service is busy', retryAfterMs: 5 * SECOND_MS },
  ],
  [/^flowLimit$/, { kind: 'rateLimited', meaning: 'events made in a day', retryAfterMs: 60 * MINUTE_MS }],
  [/^InvalidAuthentication$/, { kind: 'auth', hint: 'token', meaning: 'the token is no longer valid' }],
  [
    // The second is reported of an app that asks the other side's address, `.io` or `.com`.
    /^(?:invalidClientIdOrSecret|invalid_client)$/i,
    {
      kind: 'auth',
      hint: 'secret',
      meaning: 'the Client ID or its secret is wrong',
      retryAfterMs: 10 * MINUTE_MS,
    },
  ],
  [/^org\.not\.found$/, { kind: 'auth', hint: 'company', meaning: 'the organisation is unknown' }],
  [
    /IpNotInWhiteList/,
    { kind: 'ipNotAllowed', hint: 'address', meaning: 'the caller’s address is not on the allow-list' },
  ],
  [
    /^Forbidden\.AccessDenied/,
    { kind: 'permission', hint: 'permission', meaning: 'a permission is not granted' },
  ],
  [
    /^user\.not\.employee$/,
    {
      kind: 'permission',
      hint: 'operator',
      meaning: 'the operator is not in the organisation',
      missing: dingtalkPermissions.operator,
    },
  ],
  [
    /^permissionDen(?:y|ied)$/,
    {
      kind: 'permission',
      hint: 'scope',
      meaning: 'outside the app’s range',
      missing: dingtalkPermissions.range,
    },
  ],
  [/^(?:room|group)\.not\.found$/, { kind: 'notFound', hint: 'room', meaning: 'no such room' }],
  [/^(?:itemNotFound|instanceNotExist)$/, { kind: 'notFound', meaning: 'no such event' }],
  [
    /^(?:param\.error|invalidParameter|InvalidParameter\b.*|Missingbody)$/i,
    {
      kind: 'badResponse',
      hint: 'parameter',
      meaning: 'our request was refused',
    },
  ],
  [/^meetingRoomNotAvailable$/, { kind: 'server', meaning: 'the room is not available' }],
  [/^idempotencyProcessing$/, { kind: 'server', meaning: 'still at work', retryAfterMs: SECOND_MS }],
  [
    /^(?:system\.error|unknownError|group\.query\.error|service\.timeout)$/,
    { kind: 'server', hint: 'busy', meaning: 'the platform is in trouble' },
  ],
]

/** Codes of the old API, which come with HTTP 200; 88 stands before the real one in `sub_code`. */
const OLD_CODES: ReadonlyMap<string, Reaction> = new Map<string, Reaction>([
  ['-1', { kind: 'server', hint: 'busy', meaning: 'the platform is busy' }],
  ['90020', { kind: 'quota', hint: 'month', meaning: 'the month’s calls are spent', isMonthSpent: true }],
  ['90018', { kind: 'rateLimited', hint: 'pace', meaning: 'calls of a second', retryAfterMs: 2 * SECOND_MS }],
  ['90002', { kind: 'rateLimited', hint: 'pace', meaning: 'everybody’s calls', retryAfterMs: 4 * SECOND_MS }],
  ['40014', { kind: 'auth', hint: 'token', meaning: 'the token is no longer valid' }],
  ['42001', { kind: 'auth', hint: 'token', meaning: 'the token is no longer valid' }],
  ['88', { kind: 'auth', hint: 'token', meaning: 'the token is not accepted' }],
  [
    '60020',
    { kind: 'ipNotAllowed', hint: 'address', meaning: 'the caller’s address is not on the allow-list' },
  ],
  [
    '60011',
    { kind: 'permission', hint: 'permission', meaning: 'not granted', missing: dingtalkPermissions.contacts },
  ],
  [
    '50002',
    { kind: 'permission', hint: 'scope', meaning: 'outside the range', missing: dingtalkPermissions.range },
  ],
  ['33012', { kind: 'notFound', hint: 'operator', meaning: 'no such person' }],
  ['60121', { kind: 'notFound', hint: 'operator', meaning: 'no such person' }],
  ['400002', { kind: 'badResponse', hint: 'parameter', meaning: 'our request was refused' }],
])

const UNKNOWN: Reaction = { kind: 'badResponse', meaning: 'an error code we do not know' }

/** To the firewall's word, which has no code of the platform's. */
export const BANNED: Reaction = {
  kind: 'rateLimited',
  hint: 'banned',
  meaning: 'the address is shut out',
  retryAfterMs: 5 * MINUTE_MS,
}

/** Every hint an error of this platform can carry. */
export const dingtalkHints: ReadonlySet<string> = new Set(
  [...RULES.map(([, reaction]) => reaction), ...OLD_CODES.values(), BANNED].flatMap(({ hint }) => hint ?? []),
)

/** What a code of the new API asks for. */
export const reactionTo = (code: string): Reaction =>
  RULES.find(([pattern]) => pattern.test(code))?.[1] ?? UNKNOWN

/** The same of the old one. */
export const oldReactionTo = (code: string): Reaction => OLD_CODES.get(code) ?? UNKNOWN
