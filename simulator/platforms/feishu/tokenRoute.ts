import { type Fields, optional, readFilledText } from '../../http/fields.ts'
import { minuteMs } from '../../world/shanghaiTime.ts'
import { FeishuError, feishuCodes } from './feishuError.ts'
import type { FeishuCall, FeishuRoute } from './FeishuRoute.ts'

/** With less than this left a token is joined by a new one; both are good until their own end. */
const renewBelowMs = 30 * minuteMs

const refuse = (text: string): never => {
  throw new FeishuError(feishuCodes.badTokenRequest, text)
}

/**
 * auth/v3/tenant_access_token/internal. A flat answer without `data`. Asked again with 30 minutes or more left it
 * gives the same token with what is left; later a new one beside the old. Which code a wrong secret gets differs
 * between the documents (10015, 10014, 99991543): 10015 unless set otherwise.
 */
function handle({ world, body }: FeishuCall): Fields {
  const app = world.tenant.feishu
  const appId = optional(readFilledText)(body, 'app_id') ?? refuse('invalid param: app_id')
  const secret = optional(readFilledText)(body, 'app_secret') ?? refuse('invalid param: app_secret')
  if (appId !== app.appId) return refuse('invalid param: app_id')
  if (secret !== app.appSecret)
    throw new FeishuError(app.wrongSecretCode, 'app secret invalid', { status: 200 })
  if (!app.isEnabled) throw new FeishuError(feishuCodes.appUnavailable, 'app unauthorized')
  const lifetimeMs = app.tokenLifetimeSeconds * 1000
  const token = world.tokens.issueAhead(app.appId, lifetimeMs, renewBelowMs, 't-')
  return { tenant_access_token: token.value, expire: Math.floor(token.expiresInMs / 1000) }
}

/** The one call without a token; free of charge and behind no address list. */
export const tokenRoute: FeishuRoute = {
  method: 'POST',
  path: '/open-apis/auth/v3/tenant_access_token/internal',
  scopes: [],
  pace: 'free',
  isMetered: false,
  badParameter: feishuCodes.badTokenRequest,
  msg: 'ok',
  handle,
}
