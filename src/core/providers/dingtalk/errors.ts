import { z } from 'zod'
import { HOUR_MS } from '../../../shared/domain/duration.ts'
import { createZone, startOfNextMonth } from '../../../shared/domain/zonedTime.ts'
import { ProviderError } from '../ProviderError.ts'
import type { ProviderErrorDetails } from '../ProviderError.ts'
import { VENDOR_ZONE } from '../vendorZone.ts'
import { BANNED, dingtalkPermissions, oldReactionTo, reactionTo } from './reactions.ts'
import type { Reaction } from './reactions.ts'

const TOKEN_REFUSED: ReadonlySet<string> = new Set(['InvalidAuthentication', '40014', '42001', '88'])
const CODE_SHAPE = /^[A-Za-z0-9._-]{1,80}$/
const SCOPE_SHAPE = /^[A-Za-z0-9._:-]{1,80}$/
const ADDRESS = /\b((?:\d{1,3}\.){3}\d{1,3}|(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{0,4})\b/i
/** What the busy query says of an id that is none (D:queries-free-and-busy-meeting-room-information). */
const BAD_ROOM = /room\s*ids?\b.*invalid|invalid.*room\s*id/i

/** The vendor's one code for a taken room and for one whose rules forbid the booking (D:add-a-meeting-room). */
export const ROOM_REFUSED = 'meetingRoomNotAvailable'
/** Our name for the same where its message holds the rule's text, as developers report. */
export const RULE_BROKEN = 'meetingRoomNotAvailable.rule'
const RULE_TEXT = /developerMessage:\s*(\[.*\])/s
const ruleTextSchema = z.array(z.object({ text: z.string().min(1) })).min(1)

const newRefusalSchema = z.object({
  code: z.string(),
  message: z.string().catch(''),
  accessdenieddetail: z
    .object({ requiredScopes: z.array(z.string()) })
    .optional()
    .catch(undefined),
})
const oldRefusalSchema = z.object({
  errcode: z.union([z.int(), z.string()]).transform(String),
  sub_code: z.union([z.int(), z.string()]).transform(String).optional().catch(undefined),
})
/** What the firewall says to an address that called too much: no code but a `status`, and HTTP 200 or any other. */
const BANNED_CODE = '1111'
const bannedSchema = z.object({ punish: z.string(), uuid: z.string() })

/** Reads the error out of an answer of either API; null where it tells none. */
export type VendorErrorOf = (body: unknown, name: string) => ProviderError | null

/** See {@link VendorErrorOf}. @param nowMs the present by the vendor's clock, to know which month is spent */
export function createVendorErrorOf(nowMs: () => number): VendorErrorOf {
  const zone = createZone(VENDOR_ZONE)

  function errorOf(
    name: string,
    code: string,
    reaction: Reaction,
    more: ProviderErrorDetails = {},
  ): ProviderError {
    const { kind, hint, meaning, retryAfterMs, missing, isMonthSpent } = reaction
    const vendorCode = CODE_SHAPE.test(code) ? code : 'code of an unknown form'
    return new ProviderError(kind, `${name}: ${vendorCode}, ${meaning}`, {
      vendorCode,
      hint,
      retryAfterMs,
      missingPermission: missing,
      resumesAtMs: isMonthSpent ? startOfNextMonth(zone, nowMs()) : undefined,
      ...more,
    })
  }

  function newRefusal(body: unknown, name: string): ProviderError | null {
    const parsed = newRefusalSchema.safeParse(body)
    if (!parsed.success) return null
    const { code, message, accessdenieddetail } = parsed.data
    const reaction = reactionTo(code)
    if (reaction.kind === 'ipNotAllowed')
      return errorOf(name, code, reaction, { refusedAddress: ADDRESS.exec(message)?.[1] })
    const scopes = (accessdenieddetail?.requiredScopes ?? []).filter((one) => SCOPE_SHAPE.test(one))
    if (reaction.kind === 'permission' && scopes.length > 0)
      return errorOf(name, code, reaction, { missingPermission: scopes.join(', ') })
    if (code === ROOM_REFUSED && hasRuleText(message))
      return errorOf(name, RULE_BROKEN, { kind: 'server', meaning: 'against a rule of the room' })
    if (isRequestRefusal(code) && BAD_ROOM.test(message))
      return errorOf(name, code, { kind: 'notFound', hint: 'room', meaning: 'no such room' })
    return errorOf(name, code, reaction)
  }

  function oldRefusal(body: unknown, name: string): ProviderError | null {
    const parsed = oldRefusalSchema.safeParse(body)
    if (!parsed.success) return null
    const { errcode, sub_code } = parsed.data
    if (errcode === '0') return null
    const code = errcode === '88' ? (sub_code ?? errcode) : errcode
    return errorOf(name, code, oldReactionTo(code))
  }

  return (body, name) => {
    if (typeof body !== 'object' || body === null) return null
    if (bannedSchema.safeParse(body).success) return errorOf(name, BANNED_CODE, BANNED)
    const refusal = newRefusal(body, name) ?? oldRefusal(body, name)
    // A code that is none must not be mistaken for a missing one, which is success.
    const isOdd = refusal === null && 'code' in body
    return isOdd ? new ProviderError('badResponse', `${name}: odd code`) : refusal
  }
}

/** Whether a refusal of a room tells a rule. What it says is in the vendor's language and goes no further. */
function hasRuleText(message: string): boolean {
  try {
    const told: unknown = JSON.parse(RULE_TEXT.exec(message)?.[1] ?? 'null')
    return ruleTextSchema.safeParse(told).success
  } catch {
    return false
  }
}

/** Our request itself was found wanting. */
export const isRequestRefusal = (code: string): boolean => /^(?:param\.error|invalidParameter)$/i.test(code)

/** The vendor refused the token itself: one fresh token may help, a second refusal may not be repeated. */
export const isTokenRefused = (error: unknown): boolean =>
  error instanceof ProviderError && TOKEN_REFUSED.has(error.details.vendorCode ?? '')

/** One bad id may have failed a whole query: its siblings may be answered without it. */
export const isIdRefused = ({ kind, details }: ProviderError): boolean =>
  kind === 'notFound' || isRequestRefusal(details.vendorCode ?? '')

/** How long a person, an event or a room that cannot be read is left alone; null where all of its kind are refused. */
export function missLifeMs(error: ProviderError): number | null {
  // Gone, hidden or outside the range: an admin's work, not a matter of minutes.
  if (error.kind === 'notFound' || isHidden(error)) return 4 * HOUR_MS
  // An answer nobody could read may be better next time, but each try costs a call.
  return error.kind === 'badResponse' ? HOUR_MS : null
}

/** The platform will not show this event to an app. */
export const isHidden = ({ details }: ProviderError): boolean =>
  details.missingPermission === dingtalkPermissions.range
