import type { Fields } from '../../http/fields.ts'
import type { FeishuScope } from '../../world/feishuApp.ts'
import type { World } from '../../world/World.ts'

/** One call that passed the gate. */
export interface FeishuCall {
  readonly world: World
  readonly query: Fields
  readonly params: Fields
  readonly body: Fields
}

/**
 * How often an API may be called, per app and organisation: `level3` 100 a minute, `level4` 1000 a minute and 50 a
 * second. `old` is the historic meeting_room family, for which nothing is printed: UNVERIFIED, here 100 a minute, with
 * the HTTP status 400 the documents give "some old APIs". `free`: not limited.
 */
export type Pace = 'level3' | 'level4' | 'old' | 'free'

/** One documented call. @throws FeishuError, FieldError */
export interface FeishuRoute {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  /** Any one of them is enough; none: the call needs no scope. */
  readonly scopes: readonly FeishuScope[]
  readonly pace: Pace
  /** Whether a good answer counts in the month. */
  readonly isMetered: boolean
  /** The code of a parameter that is not what it has to be. */
  readonly badParameter: number
  /** The text of a good answer, which differs between APIs. */
  readonly msg: string
  /** What goes under `data`; null for none. */
  handle(call: FeishuCall): Fields | null
}
