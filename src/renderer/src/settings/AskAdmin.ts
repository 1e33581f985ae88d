import type { ApiResult } from '../../../shared/api/errors.ts'
import type { InputOf, OutputOf, RouteName } from '../../../shared/api/routes.ts'

/** Sends a request under the present admin session; a session found dead closes the gate by itself. */
export type AskAdmin = <R extends RouteName>(route: R, input: InputOf<R>) => Promise<ApiResult<OutputOf<R>>>
