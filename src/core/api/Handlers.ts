import type { ApiError } from '../../shared/api/errors.ts'
import type { OutputOf, ParsedInputOf, RouteName } from '../../shared/api/routes.ts'

/** A refusal a handler may throw; dispatch turns it into the envelope. */
export class ApiFailure extends Error {
  readonly error: ApiError

  constructor(error: ApiError) {
    super(error.code)
    this.name = 'ApiFailure'
    this.error = error
  }
}

/** Every route has exactly one handler; a missing or a superfluous one does not compile. */
export type Handlers = {
  readonly [R in RouteName]: (input: ParsedInputOf<R>) => OutputOf<R> | Promise<OutputOf<R>>
}
