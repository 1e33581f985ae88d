import type { RunningSite } from '../runtime/assembleSite.ts'
import type { CoreState } from '../runtime/CoreState.ts'
import { ApiFailure } from './ApiFailure.ts'

/** @throws ApiFailure `unconfigured` on a panel nobody set up, `unavailable` while nothing runs for another reason */
export function runningOrRefuse(state: CoreState): RunningSite {
  if (state.kind === 'running') return state.site
  throw new ApiFailure({ code: state.kind === 'unconfigured' ? 'unconfigured' : 'unavailable' })
}
