import { dayMs, minuteMs, zoneOffsetMs } from '../../world/shanghaiTime.ts'
import type { World } from '../../world/World.ts'
import { BannedError, DingtalkError, dingtalkCodes } from './dingtalkError.ts'
import type { DingtalkRoute } from './DingtalkRoute.ts'

const secondMs = 1_000
/** The name the month's calls are counted under. */
export const quotaName = 'dingtalk'

/** How a caller is slowed down; null: not at all. */
export type Throttle = 'app' | 'minute' | 'all'

/** D:how-to-process-api-throttling: per address over all APIs; the ban lasts five minutes. @throws BannedError */
export function checkBan({ limits, tenant }: World): void {
  const key = `dingtalk address ${tenant.callerIp}`
  if (!limits.admitWithin(key, 20 * secondMs, limits.limits.dingtalkCallsPer20Seconds, 5 * minuteMs))
    throw new BannedError()
}

/** Counts a call of an API. What is throttled does not count in the month (D:…billing-model). */
export function throttleOf({ limits }: World, api: string): Throttle | null {
  const { dingtalkCallsPerSecond, dingtalkCallsPerMinute, dingtalkCallsOfAllPerSecond } = limits.limits
  const key = `dingtalk ${api}`
  if (!limits.admitWithin(`${key} of all`, secondMs, dingtalkCallsOfAllPerSecond)) return 'all'
  if (!limits.admitWithin(key, secondMs, dingtalkCallsPerSecond)) return 'app'
  return limits.admitWithin(key, minuteMs, dingtalkCallsPerMinute) ? null : 'minute'
}

const throttles: Readonly<Record<Throttle, readonly [string, string]>> = {
  app: [dingtalkCodes.tooManyPerSecond, 'the app calls this api too often in a second'],
  minute: [dingtalkCodes.tooManyPerMinute, 'the app calls this api too often in a minute'],
  all: [dingtalkCodes.tooManyOfAll, 'this api is called too often in a second'],
}

/** @throws DingtalkError of the throttle that strikes */
export function checkThrottle(world: World, api: string): void {
  const throttle = throttleOf(world, api)
  if (throttle !== null) throw new DingtalkError(...throttles[throttle])
}

/** Wrong, missing and expired tokens are one code, and HTTP 400 (D:server-api-error-codes-1). */
function checkToken({ tokens, tenant }: World, token: unknown): void {
  const check = tokens.check(typeof token === 'string' ? token : '')
  if (check.kind !== 'valid' || check.appId !== tenant.dingtalk.appKey || !tenant.app.isEnabled)
    throw new DingtalkError(dingtalkCodes.badToken, '不合法的access_token')
}

/** Whether the message names the refused address is UNVERIFIED; here it does not. */
function checkAddress({ tenant: { allowedIps, callerIp } }: World): void {
  if (allowedIps !== null && !allowedIps.includes(callerIp))
    throw new DingtalkError(dingtalkCodes.ipNotAllowed, '访问ip不在白名单之中')
}

/** D:dingtalk-application-development-platform-billing-model: for the whole organisation, until the month ends. */
function checkMonth({ quota, limits }: World): void {
  if (!quota.isLeft(quotaName, limits.limits.dingtalkCallsPerMonth))
    throw new DingtalkError(dingtalkCodes.monthSpent, '企业本月API调用量已达上限')
}

function checkScope({ tenant }: World, { scope }: DingtalkRoute): void {
  if (tenant.dingtalk.scopes.has(scope)) return
  const accessdenieddetail = { requiredScopes: [scope] }
  throw new DingtalkError(dingtalkCodes.noPermission, '应用尚未开通所需的权限', { accessdenieddetail })
}

/**
 * Lets a call of the new API pass, or refuses it. Once its token is good it counts in the month, a refusal for want of
 * a scope included: whether failed calls count is UNVERIFIED, the quirk `sparesFailedCalls` turns it round.
 * @throws DingtalkError
 */
export function checkAttempt(world: World, route: DingtalkRoute, token: unknown): void {
  checkToken(world, token)
  checkAddress(world)
  checkThrottle(world, `${route.method} ${route.path}`)
  checkMonth(world)
  if (!world.tenant.quirks.sparesFailedCalls) world.quota.spend(quotaName)
  checkScope(world, route)
}

/** The local day (Asia/Shanghai) the world is in, as a number. */
export const dayNumber = (nowMs: number): number => Math.floor((nowMs + zoneOffsetMs) / dayMs)
