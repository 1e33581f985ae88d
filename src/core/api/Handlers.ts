import type { OutputOf, ParsedInputOf, RouteName } from '../../shared/api/routes.ts'

/** Every route has exactly one handler; a missing or a superfluous one does not compile. */
export type Handlers = {
  readonly [R in RouteName]: (input: ParsedInputOf<R>) => OutputOf<R> | Promise<OutputOf<R>>
}
