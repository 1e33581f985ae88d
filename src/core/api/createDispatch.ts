import type { ApiError, ApiResult } from '../../shared/api/errors.ts'
import { isRouteName, routes } from '../../shared/api/routes.ts'
import type { Access, OutputOf, ParsedInputOf, RouteName } from '../../shared/api/routes.ts'
import type { Logger } from '../ports/Logger.ts'
import { fieldIssues } from '../settings/parseSettings.ts'
import { ApiFailure } from './ApiFailure.ts'
import type { Caller } from './Caller.ts'
import type { Handlers } from './Handlers.ts'

const refuse = (error: ApiError): ApiResult<never> => ({ ok: false, error })

/** Whether a caller may ask what a route answers. */
function covers(caller: Caller, asked: Access): boolean {
  return asked === 'display' || caller.kind === 'admin'
}

/** @throws ApiFailure `badRequest`, naming the fields */
function parseInput<R extends RouteName>(name: R, input: unknown): ParsedInputOf<R> {
  const parsed = routes[name].input.safeParse(input)
  if (!parsed.success) throw new ApiFailure({ code: 'badRequest', issues: fieldIssues(parsed.error) })
  // TypeScript cannot follow a schema through its own map; the line above is the proof.
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions
  return parsed.data as ParsedInputOf<R>
}

/**
 * The one door to the handlers, for every transport: look up, access check, parse, call, envelope. Never rejects;
 * a handler's bug is logged here and answered as `internal`.
 */
export function createDispatch(handlers: Handlers, log: Logger) {
  async function call<R extends RouteName>(
    name: R,
    input: unknown,
    caller: Caller,
  ): Promise<ApiResult<OutputOf<R>>> {
    const handler: Handlers[R] = handlers[name]
    return { ok: true, data: await handler(parseInput(name, input), caller) }
  }

  return async function dispatch(route: string, input: unknown, caller: Caller): Promise<ApiResult<unknown>> {
    if (!isRouteName(route)) return refuse({ code: 'unknownRoute' })
    if (!covers(caller, routes[route].access)) return refuse({ code: 'forbidden' })
    try {
      return await call(route, input, caller)
    } catch (error: unknown) {
      if (error instanceof ApiFailure) return refuse(error.error)
      log.error('a handler failed by a bug', {
        route,
        type: error instanceof Error ? error.name : typeof error,
      })
      return refuse({ code: 'internal' })
    }
  }
}
