import type { Fields } from '../../http/fields.ts'
import type { Grant } from '../../world/tenant.ts'
import type { World } from '../../world/World.ts'

/** One call that passed the gate. */
export interface WecomCall {
  readonly world: World
  readonly query: Fields
  readonly body: Fields
}

/** One documented call. `handle` gives the answer's fields besides the envelope. @throws WecomError, FieldError */
export interface WecomRoute {
  readonly method: 'GET' | 'POST'
  readonly path: string
  /** The administrator's switch it needs; null for none. */
  readonly grant: Grant | null
  handle(call: WecomCall): Fields
}
