import type { OutputOf, ParsedInputOf, RouteName } from '../../shared/api/routes.ts'
import type { Caller } from './Caller.ts'

/** Every route has exactly one handler; a missing or a superfluous one does not compile. Each is told who asks. */
export type Handlers = {
  readonly [R in RouteName]: (input: ParsedInputOf<R>, caller: Caller) => OutputOf<R> | Promise<OutputOf<R>>
}
