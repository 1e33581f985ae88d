import type { Fields } from '../../http/fields.ts'
import type { Room } from '../../world/room.ts'
import type { World } from '../../world/World.ts'
import { FeishuError, feishuCodes } from './feishuError.ts'
import { findRoom } from './feishuIds.ts'
import type { FeishuRoute } from './FeishuRoute.ts'

/** The path, method and handler of a vc API, and what differs from its siblings. */
export type VcRoute = Pick<FeishuRoute, 'method' | 'path' | 'handle'> & Partial<FeishuRoute>

/** A call of the vc family that reads rooms. */
export const vcRoute = ({ path, ...route }: VcRoute): FeishuRoute => ({
  path: `/open-apis/vc/v1/${path}`,
  scopes: ['vc:room:readonly', 'vc:room'],
  pace: 'level4',
  isMetered: true,
  badParameter: feishuCodes.vcBadParameter,
  msg: 'success',
  ...route,
})

/** The rooms and levels answer "no permission" with 404, the reports with 403. */
export const vcNotThere = (): FeishuError => new FeishuError(feishuCodes.vcNotThere, 'data not exist')

/** @throws FeishuError 121004 unknown, 121005 not the app's to see */
export function findVisibleRoom(world: World, roomId: string): Room {
  const room = findRoom(world, roomId)
  if (room === undefined) throw vcNotThere()
  if (!room.isVisible) throw new FeishuError(feishuCodes.vcNoPermission, 'no permission', { status: 404 })
  return room
}

/** A parameter of the path. */
export const pathText = (params: Fields, name: string): string => {
  const value = params[name]
  return typeof value === 'string' ? value : ''
}
