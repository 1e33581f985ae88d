import type { Fields } from '../../http/fields.ts'
import type { World } from '../../world/World.ts'
import { WecomError, wecomCodes } from './wecomError.ts'
import type { WecomRoute } from './WecomRoute.ts'

/** What the gate looks at before a handler may run. */
export interface Attempt {
  readonly route: WecomRoute
  readonly world: World
  readonly method: string
  readonly query: Fields
  /** The raw request, as the limits know it. */
  readonly call: object
}

/** 45033 is documented, its limit is not; here there is none until one is set. */
function checkCrowd({ world, call }: Attempt): void {
  if (world.limits.isCrowded(call))
    throw new WecomError(wecomCodes.tooManyParallelCalls, 'api concurrent out of limit')
}

/** D:90664, D:91039: the token is read from the query only; in the body it counts as missing. */
function checkToken({ world, query }: Attempt): void {
  const token = query['access_token']
  if (typeof token !== 'string' || token === '')
    throw new WecomError(wecomCodes.noToken, 'access_token missing')
  const check = world.tokens.check(token)
  if (check.kind === 'expired') throw new WecomError(wecomCodes.expiredToken, 'access_token expired')
  if (check.kind === 'unknown') throw new WecomError(wecomCodes.badToken, 'invalid access_token')
}

/** D:90313: 60020 names the refused address in its text. */
function checkIp({ world }: Attempt): void {
  const { allowedIps, callerIp } = world.tenant
  if (allowedIps !== null && !allowedIps.includes(callerIp))
    throw new WecomError(wecomCodes.ipNotAllowed, 'not allow to access from your ip')
}

/** D:93618, D:93624, D:93626: which exact code a missing switch gives is UNVERIFIED; here always 48002. */
function checkGrant({ world, route }: Attempt): void {
  const { app } = world.tenant
  if (!app.isEnabled) throw new WecomError(wecomCodes.appDisabled, 'app is disabled')
  if (route.grant === null) return
  if (!app.grants.has(route.grant))
    throw new WecomError(wecomCodes.apiForbidden, 'api forbidden for this app')
  if (route.grant === 'meeting' && !app.isMeetingAppOn)
    throw new WecomError(wecomCodes.meetingAppOff, 'meeting app is disabled')
}

/** Rate limits (D:90312). `debug=1` allows five calls a minute whatever the call is. */
export function checkRate(world: World, path: string, query: Fields): void {
  const isAdmitted = world.limits.admit(path) && (query['debug'] !== '1' || world.limits.admitDebug())
  if (!isAdmitted) throw new WecomError(wecomCodes.tooManyCalls, 'api freq out of limit')
}

/** Which of 40058 and 40063 a wrong method gives is UNVERIFIED; a GET has no parameters, hence "empty" there. */
export function checkMethod(route: WecomRoute, method: string): void {
  if (method === route.method) return
  if (route.method === 'POST') throw new WecomError(wecomCodes.emptyParameter, 'some parameters are empty')
  throw new WecomError(wecomCodes.badParameter, 'invalid request method')
}

/**
 * Lets a call with a token pass, or refuses it.
 * @throws WecomError
 */
export function checkAttempt(attempt: Attempt): void {
  checkCrowd(attempt)
  checkToken(attempt)
  checkIp(attempt)
  checkMethod(attempt.route, attempt.method)
  checkRate(attempt.world, attempt.route.path, attempt.query)
  checkGrant(attempt)
}
