import type { FeishuScope } from '../../world/feishuApp.ts'
import { minuteMs } from '../../world/shanghaiTime.ts'
import type { World } from '../../world/World.ts'
import { FeishuError, feishuCodes } from './feishuError.ts'
import type { FeishuRoute, Pace } from './FeishuRoute.ts'

/** What the gate looks at before a handler may run. */
export interface Attempt {
  readonly route: FeishuRoute
  readonly world: World
  readonly authorization: string | undefined
}

const badToken = 'Invalid access token for authorization. Please make a request with token attached'

/**
 * 99991663 is all an expired and an unknown tenant token have in common with a call that takes none; the HTTP status
 * is UNVERIFIED and can be set.
 */
export function refuseTenantToken(world: World): never {
  throw new FeishuError(feishuCodes.badTenantToken, badToken, {
    status: world.tenant.feishu.tokenErrorStatus,
  })
}

function checkToken({ world, authorization }: Attempt): void {
  const { appId, tokenErrorStatus: status } = world.tenant.feishu
  const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1]
  if (token === undefined) throw new FeishuError(feishuCodes.noToken, 'Need a token', { status })
  if (!/^[tu]-/.test(token))
    throw new FeishuError(feishuCodes.badTokenShape, 'Invalid token: must start with t-/u-', { status })
  // Nobody has signed in, so no user's token can be a good one.
  if (token.startsWith('u-')) throw new FeishuError(feishuCodes.badUserToken, `${badToken}.`, { status })
  const check = world.tokens.check(token)
  if (check.kind !== 'valid' || check.appId !== appId) refuseTenantToken(world)
}

function checkApp({ world }: Attempt): void {
  const { tenant } = world
  if (tenant.allowedIps !== null && !tenant.allowedIps.includes(tenant.callerIp))
    throw new FeishuError(feishuCodes.ipNotAllowed, `ip ${tenant.callerIp} is denied by app setting`)
  if (!tenant.feishu.isEnabled) throw new FeishuError(feishuCodes.appDisabled, 'app not in use')
}

const paces: Readonly<Record<Pace, readonly { readonly spanMs: number; readonly limit: number }[]>> = {
  level3: [{ spanMs: minuteMs, limit: 100 }],
  level4: [
    { spanMs: minuteMs, limit: 1_000 },
    { spanMs: 1_000, limit: 50 },
  ],
  old: [{ spanMs: minuteMs, limit: 100 }],
  free: [],
}

/** Per API, app and organisation; the headers of the refusal tell the budget and when the window is over. */
function checkRate({ route, world }: Attempt): void {
  const { limits } = world
  const key = `feishu ${route.method} ${route.path}`
  for (const { spanMs, limit } of paces[route.pace]) {
    const allowed = spanMs === minuteMs ? (limits.limits.feishuCallsPerMinute ?? limit) : limit
    if (limits.admitWithin(key, spanMs, allowed, 0)) continue
    const resetSeconds = Math.max(1, Math.ceil(limits.windowLeftMs(key, spanMs) / 1000))
    throw new FeishuError(feishuCodes.tooManyCalls, 'request trigger frequency limit', {
      ...(route.pace === 'old' ? { status: 400 } : {}),
      headers: {
        'x-ogw-ratelimit-limit': String(allowed),
        'x-ogw-ratelimit-reset': String(resetSeconds),
      },
    })
  }
}

/** The month's calls of all custom apps together. */
function checkQuota({ route, world }: Attempt): void {
  if (!route.isMetered || world.quota.isLeft('feishu', world.limits.limits.feishuCallsPerMonth)) return
  throw new FeishuError(feishuCodes.quotaUsedUp, "This month's API call quota has been exceeded")
}

/** The refusal names every scope that would do, in words and as `permission_violations`. */
export function refuseScope(world: World, scopes: readonly FeishuScope[]): never {
  const { appId } = world.tenant.feishu
  const url = `https://open.feishu.cn/app/${appId}/auth?q=${scopes.join(',')}&op_from=openapi&token_type=tenant`
  throw new FeishuError(
    feishuCodes.noScope,
    `Access denied. One of the following scopes is required: [${scopes.join(', ')}].`,
    {
      detail: {
        message: 'Refer to the documentation of the error',
        permission_violations: scopes.map((subject) => ({ type: 'action_scope_required', subject })),
        helps: [{ url, description: '点击链接申请并开通任一权限即可' }],
      },
    },
  )
}

function checkScope({ route, world }: Attempt): void {
  const { scopes } = world.tenant.feishu
  if (route.scopes.length > 0 && !route.scopes.some((scope) => scopes.has(scope)))
    refuseScope(world, route.scopes)
}

/**
 * Lets a call with a token pass, or refuses it.
 * @throws FeishuError
 */
export function checkAttempt(attempt: Attempt): void {
  checkToken(attempt)
  checkApp(attempt)
  checkRate(attempt)
  checkQuota(attempt)
  checkScope(attempt)
}
