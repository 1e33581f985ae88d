import type { Fields } from '../../http/fields.ts'
import type { DingtalkScope } from '../../world/dingtalkApp.ts'
import type { World } from '../../world/World.ts'

/** One call that passed the gate. */
export interface DingtalkCall {
  readonly world: World
  /** The parts of the address, decoded. */
  readonly params: Fields
  readonly query: Fields
  readonly body: Fields
}

/**
 * One documented call of the new API. `handle` gives the answer's fields, or null for an answer without a body.
 * @throws DingtalkError, FieldError
 */
export interface DingtalkRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly scope: DingtalkScope
  /** Whether `x-client-token` makes a repetition harmless. */
  readonly isRepeatable?: true
  /** Whether it does without a body although it is a POST. */
  readonly isBodiless?: true
  handle(call: DingtalkCall): Fields | null
}
