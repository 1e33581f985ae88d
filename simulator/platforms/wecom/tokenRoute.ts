import { hourMs } from '../../world/shanghaiTime.ts'
import { checkRate } from './gate.ts'
import { WecomError, wecomCodes } from './wecomError.ts'
import type { WecomCall, WecomRoute } from './WecomRoute.ts'

const tokenLifetimeMs = 2 * hourMs
const given = (value: unknown): string => (typeof value === 'string' ? value : '')

/**
 * D:91039. Not behind the address list. Within its lifetime the same token is given out again with what is left of
 * it: the newer text promises neither this nor the contrary. Repeated wrong secrets shut the caller's address out
 * for an hour, good secrets included.
 */
function handle({ world, query }: WecomCall) {
  const { app, callerIp } = world.tenant
  if (world.limits.isShutOut(callerIp)) throw new WecomError(wecomCodes.tooManyCalls, 'api freq out of limit')
  checkRate(world, tokenRoute.path, query)
  const corpId = given(query['corpid'])
  const secret = given(query['corpsecret'])
  if (corpId === '') throw new WecomError(wecomCodes.noCorpId, 'corpid missing')
  if (secret === '') throw new WecomError(wecomCodes.noSecret, 'corpsecret missing')
  if (corpId !== app.corpId) throw new WecomError(wecomCodes.badCorpId, 'invalid corpid')
  if (secret !== app.secret) {
    world.limits.countBadSecret(callerIp)
    throw new WecomError(wecomCodes.badCredential, 'invalid credential')
  }
  if (!app.isEnabled) throw new WecomError(wecomCodes.disabledSecret, 'secret is invalid: app is disabled')
  const { value, expiresInMs } = world.tokens.issue(app.id, tokenLifetimeMs)
  return { access_token: value, expires_in: Math.floor(expiresInMs / 1000) }
}

/** The one call that needs no token. */
export const tokenRoute: WecomRoute = { method: 'GET', path: '/cgi-bin/gettoken', grant: null, handle }
