import { type Fields, isFields } from '../../http/fields.ts'
import type { Person } from '../../world/person.ts'
import type { World } from '../../world/World.ts'
import { newRequestId } from './dingtalkError.ts'
import { throttleOf } from './gate.ts'
import { isOwnApp, renewToken } from './tokenRoutes.ts'
import { findByUnionId, unionIdOf } from './vendorIds.ts'

/** The codes of the old API, all under HTTP 200. That of a wrong key or secret is not in its documents (UNVERIFIED). */
const oldCodes = {
  badSecret: 40089,
  badToken: 40014,
  expiredToken: 42001,
  badUser: 33012,
  badParameter: 400002,
  outsideScope: 50002,
  noPermission: 60011,
  tooManyPerSecond: 90018,
  tooManyOfAll: 90002,
  ipNotAllowed: 60020,
} as const

interface OldError {
  readonly errcode: number
  readonly errmsg: string
}
const fail = (errcode: number, errmsg: string): OldError => ({ errcode, errmsg })

/** One call of the old API: the fields of `result`, or an error. */
export interface TopapiRoute {
  readonly path: string
  handle(world: World, body: Fields): { readonly result: Fields } | OldError
}

const leftStatus = 5
const textOf = (body: Fields, name: string): string => {
  const value = body[name]
  return typeof value === 'string' ? value : ''
}

/** What both calls refuse. That an unknown unionid is 33012 as well is UNVERIFIED. */
function judge(person: Person | undefined): OldError | Person {
  if (person === undefined || person.status === leftStatus) return fail(oldCodes.badUser, '无效的USERID')
  return person.isVisible ? person : fail(oldCodes.outsideScope, '请求的员工userid不在授权范围内')
}

function userAnswer(person: Person): Fields {
  return {
    userid: person.userId,
    unionid: unionIdOf(person.userId),
    name: person.name,
    avatar: '',
    title: person.position,
    job_number: '',
    dept_id_list: person.departmentIds,
    active: person.status === 1,
    admin: person.userId === 'doorplate',
  }
}

/** D: user details by userid. */
function getUser(world: World, body: Fields): { readonly result: Fields } | OldError {
  const userid = textOf(body, 'userid')
  if (userid === '') return fail(oldCodes.badParameter, 'userid is required')
  const person = judge(world.people.get(userid.toLowerCase()))
  return 'errcode' in person ? person : { result: userAnswer(person) }
}

/** D:query-a-user-by-the-union-id. */
function getByUnionId(world: World, body: Fields): { readonly result: Fields } | OldError {
  const unionid = textOf(body, 'unionid')
  if (unionid === '') return fail(oldCodes.badParameter, 'unionid is required')
  const person = judge(findByUnionId(world, unionid))
  return 'errcode' in person ? person : { result: { contact_type: 0, userid: person.userId } }
}

export const topapiRoutes: readonly TopapiRoute[] = [
  { path: '/topapi/v2/user/get', handle: getUser },
  { path: '/topapi/user/getbyunionid', handle: getByUnionId },
]

/** The old API has its limits under numbers of its own. */
function throttleError(world: World, path: string): OldError | null {
  const throttle = throttleOf(world, path)
  if (throttle === null) return null
  return throttle === 'all'
    ? fail(oldCodes.tooManyOfAll, '您的服务器调用钉钉开放平台所有接口的请求都被暂时禁用了')
    : fail(oldCodes.tooManyPerSecond, '您的服务器调用钉钉开放平台当前接口的所有请求都被暂时禁用了')
}

/** @returns what keeps the call from its handler; null for nothing */
function refusalOf(world: World, path: string, token: unknown): OldError | null {
  const { tokens, tenant } = world
  const check = tokens.check(typeof token === 'string' ? token : '')
  if (check.kind === 'expired') return fail(oldCodes.expiredToken, 'access_token已过期')
  if (check.kind === 'unknown' || check.appId !== tenant.dingtalk.appKey)
    return fail(oldCodes.badToken, '不合法的access_token')
  if (tenant.allowedIps !== null && !tenant.allowedIps.includes(tenant.callerIp))
    return fail(oldCodes.ipNotAllowed, '访问ip不在白名单之中')
  if (!tenant.dingtalk.scopes.has('qyapi_get_member'))
    return fail(oldCodes.noPermission, '没有调用该接口的权限，接口权限：qyapi_get_member')
  return throttleError(world, path)
}

/** A refused token may come as 88 with the code beside it, and scalars as texts (quirk `usesOldContactShape`). */
function shaped(world: World, answer: Fields): Fields {
  if (!world.tenant.quirks.usesOldContactShape) return answer
  const { errcode, errmsg } = answer
  if (errcode === oldCodes.badToken || errcode === oldCodes.expiredToken)
    return { errcode: 88, errmsg: 'ding talk error', sub_code: String(errcode), sub_msg: errmsg }
  const asTexts: unknown = JSON.parse(JSON.stringify(answer), (_name, value: unknown) =>
    typeof value === 'number' || typeof value === 'boolean' ? String(value) : value,
  )
  return isFields(asTexts) ? asTexts : answer
}

/** The answer of one old call. None of them counts in the month. */
export function topapiAnswer(world: World, route: TopapiRoute, token: unknown, body: Fields): Fields {
  const refusal = refusalOf(world, route.path, token)
  const handled = refusal ?? route.handle(world, body)
  const answer = 'errcode' in handled ? { ...handled } : { errcode: 0, errmsg: 'ok', ...handled }
  return { ...shaped(world, answer), request_id: newRequestId().toLowerCase() }
}

/** The old `gettoken`: the same token as the new call's, under the names of its time. */
export function oldTokenAnswer(world: World, query: Fields): Fields {
  const throttled = throttleError(world, '/gettoken')
  if (throttled !== null) return { ...throttled }
  if (!isOwnApp(world, textOf(query, 'appkey'), textOf(query, 'appsecret')))
    return { ...fail(oldCodes.badSecret, '不合法的corpid或corpsecret') }
  const { value, expiresInMs } = renewToken(world)
  return { errcode: 0, errmsg: 'ok', access_token: value, expires_in: Math.floor(expiresInMs / 1000) }
}
