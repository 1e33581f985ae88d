import type { FieldIssue } from '../../shared/api/refusal.ts'
import type { BrokenReason, CoreStatus } from '../../shared/settings/panelConfig.ts'
import type { RunningSite } from './assembleSite.ts'
import type { ShownPlans } from './ShownPlans.ts'

/** What the application is doing: exactly one of these at a time. */
export type CoreState =
  /** Not known yet what there is to run, or one setting takes the place of another; the last plans stay. */
  | { readonly kind: 'starting'; readonly shown: ShownPlans | null }
  | { readonly kind: 'unconfigured' }
  /** It was set up and cannot run. */
  | {
      readonly kind: 'broken'
      readonly why: BrokenReason
      readonly issues: readonly FieldIssue[]
      readonly shown: ShownPlans | null
    }
  | { readonly kind: 'running'; readonly site: RunningSite }
  | { readonly kind: 'stopped' }

/** The plans there are to show in this state. */
export function shownPlansOf(state: CoreState): ShownPlans | null {
  switch (state.kind) {
    case 'running':
      return state.site
    case 'starting':
    case 'broken':
      return state.shown
    case 'unconfigured':
    case 'stopped':
      return null
  }
}

/** What a screen is told of the state. A stopped core answers nobody: its screens go with it. */
export function coreStatusOf(state: CoreState): CoreStatus {
  switch (state.kind) {
    case 'broken':
      return { kind: 'broken', why: state.why }
    case 'stopped':
      return { kind: 'starting' }
    case 'starting':
    case 'unconfigured':
    case 'running':
      return { kind: state.kind }
  }
}
