import type { Core } from '../../core/Core.ts'
import type { Logger } from '../../core/ports/Logger.ts'
import type { ApiErrorCode, ApiResult } from '../../shared/api/errors.ts'
import { isSmallPlainData } from './isSmallPlainData.ts'
import { validateSender } from './validateSender.ts'
import type { SenderEvent } from './validateSender.ts'

/** What {@link createApiListener} needs. */
export interface ApiListenerDeps {
  readonly core: Pick<Core, 'dispatch' | 'callerOf'>
  readonly log: Logger
  readonly ownsWebContents: (id: number) => boolean
}

/** No route's name, no token and no input comes near these. */
const MAX_ROUTE_LENGTH = 64
const MAX_TOKEN_LENGTH = 256
const inputLimits = { maxLength: 65_536, maxDepth: 12 }

const refuse = (code: ApiErrorCode): ApiResult<never> => ({ ok: false, error: { code } })

function tokenOf(session: unknown): string | null {
  return typeof session === 'string' && session.length <= MAX_TOKEN_LENGTH ? session : null
}

/**
 * Checks the sender, then the size, then lets the core look the route up, check access, parse and answer.
 * Never rejects: a refusal is an envelope with a code.
 */
export function createApiListener({ core, log, ownsWebContents }: ApiListenerDeps) {
  return async (
    event: SenderEvent,
    route: unknown,
    input: unknown,
    session: unknown,
  ): Promise<ApiResult<unknown>> => {
    if (!validateSender(event, ownsWebContents)) {
      log.warn('a request from a stranger was refused')
      return refuse('forbidden')
    }
    if (typeof route !== 'string' || route.length > MAX_ROUTE_LENGTH) return refuse('unknownRoute')
    if (!isSmallPlainData(input, inputLimits)) {
      log.warn('a request that is too large or not plain data was refused')
      return refuse('badRequest')
    }
    const token = tokenOf(session)
    return core.dispatch(route, input, core.callerOf(token))
  }
}
