import type { Fields } from '../../http/fields.ts'
import { hourMs, minuteMs } from '../../world/shanghaiTime.ts'
import type { World } from '../../world/World.ts'
import { DingtalkError, dingtalkCodes } from './dingtalkError.ts'
import { checkThrottle } from './gate.ts'

const lifetimeMs = 2 * hourMs
const given = (fields: Fields, name: string): string => {
  const value = fields[name]
  return typeof value === 'string' ? value : ''
}

/** Asking too often is throttled (D:obtain-the-access-token-of-an-internal-app); how often is not published. */
function checkTokenRate(world: World): void {
  checkThrottle(world, 'token')
  const { limits } = world
  if (!limits.admitWithin('dingtalk tokens', minuteMs, limits.limits.dingtalkTokensPerMinute))
    throw new DingtalkError(dingtalkCodes.tooManyPerMinute, 'the app asks for tokens too often')
}

export const isOwnApp = ({ tenant }: World, key: string, secret: string): boolean =>
  tenant.app.isEnabled && key === tenant.dingtalk.appKey && secret === tenant.dingtalk.appSecret

/** Within its lifetime the same token is given out again, with a whole lifetime: each asking extends it. */
export const renewToken = ({ tokens, tenant }: World) => tokens.renew(tenant.dingtalk.appKey, lifetimeMs)

/** @throws DingtalkError for any key or secret but the app's own */
function tokenFor(world: World, key: string, secret: string) {
  checkTokenRate(world)
  if (!isOwnApp(world, key, secret))
    throw new DingtalkError(dingtalkCodes.badSecret, '无效的clientId或者clientSecret')
  const { value, expiresInMs } = renewToken(world)
  return { value, seconds: Math.floor(expiresInMs / 1000) }
}

/** D:obtain-the-access-token-of-an-internal-app. `expireIn`, not `expiresIn`. */
export function issueToken(world: World, body: Fields): Fields {
  const { value, seconds } = tokenFor(world, given(body, 'appKey'), given(body, 'appSecret'))
  return { accessToken: value, expireIn: seconds }
}

/** D:api-gettoken: the same token, asked for by company and told in snake case. */
export function issueCorpToken(world: World, body: Fields, corpId: unknown): Fields {
  if (given(body, 'grant_type') !== 'client_credentials')
    throw new DingtalkError(dingtalkCodes.badParameter, 'grant_type must be client_credentials')
  if (corpId !== world.tenant.dingtalk.corpId)
    throw new DingtalkError(dingtalkCodes.badSecret, '无效的corpId')
  const { value, seconds } = tokenFor(world, given(body, 'client_id'), given(body, 'client_secret'))
  return { access_token: value, expires_in: seconds }
}
