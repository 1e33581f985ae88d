import type { OutputOf, ParsedInputOf, RouteName } from '../../shared/api/routes.ts'

/**
 * Every route has exactly one handler; a missing or a superfluous one does not compile. `session` is the caller's token,
 * null where it sent none.
 */
export type Handlers = {
  readonly [R in RouteName]: (
    input: ParsedInputOf<R>,
    session: string | null,
  ) => OutputOf<R> | Promise<OutputOf<R>>
}
