import { isDeepStrictEqual } from 'node:util'
import type { Settings } from '../../shared/settings/schema.ts'

/**
 * What saved settings touch, and so what is made anew: nothing that reads, what screens show, the rules of reading and of
 * the doors (the provider stays, with its token, names and lists), or the account and its rooms.
 */
export type ChangeScope = 'nothing' | 'view' | 'rules' | 'site'

const siteOf = ({ account, timeZone, rooms }: Settings): unknown => [
  account,
  timeZone,
  rooms.map(({ id, source }) => [id, source]),
]

const rulesOf = ({ checkIn, actions, polling, officeHours, rooms }: Settings): unknown => [
  checkIn,
  actions,
  polling,
  officeHours,
  rooms.map(({ name, overrides }) => [name, overrides?.checkIn, overrides?.actions]),
]

const viewOf = ({ display, defaultRoomId, rooms }: Settings): unknown => [
  display,
  defaultRoomId,
  rooms.map(({ overrides }) => overrides?.display),
]

/** Pure. The widest part that differs decides; secrets are not settings, a new one asks for a new site. */
export function planChange(before: Settings, after: Settings): ChangeScope {
  const isSame = (partOf: (settings: Settings) => unknown): boolean =>
    isDeepStrictEqual(partOf(before), partOf(after))
  if (!isSame(siteOf)) return 'site'
  if (!isSame(rulesOf)) return 'rules'
  return isSame(viewOf) ? 'nothing' : 'view'
}
