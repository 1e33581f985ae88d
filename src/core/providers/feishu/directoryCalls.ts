import { asking } from '../http/createAuthorisedClient.ts'
import type { Send } from '../http/createAuthorisedClient.ts'
import { readPages } from '../http/readPages.ts'
import { PAGE, pageOf, withCursor } from './request.ts'
import { levelsSchema, reserveConfigSchema, roomPageSchema, roomsSchema } from './schema.ts'
import type { ReserveConfig, VendorLevel, VendorRoom } from './schema.ts'

/** Calls about rooms rather than about meetings. */
export interface DirectoryCalls {
  /** Every room of the organisation, one call a page of 100. */
  listRooms(signal: AbortSignal): Promise<readonly VendorRoom[]>
  /** Those of the rooms the app may see. @param roomIds at most {@link ROOMS_PER_CALL} */
  getRooms(roomIds: readonly string[], signal: AbortSignal): Promise<readonly VendorRoom[]>
  /** @param levelIds at most {@link ROOMS_PER_CALL} */
  getLevels(levelIds: readonly string[], signal: AbortSignal): Promise<readonly VendorLevel[]>
  /** What limits the booking of one room. */
  getReserveConfig(roomId: string, signal: AbortSignal): Promise<ReserveConfig>
}

/** See {@link DirectoryCalls}. */
export function directoryCalls(send: Send): DirectoryCalls {
  return {
    listRooms(signal) {
      const name = 'vc/v1/rooms'
      return readPages(name, async (cursor) => {
        const query = withCursor({ page_size: String(PAGE) }, cursor)
        const { data } = await send({ name, method: 'GET', query, schema: roomPageSchema }, signal)
        return { items: data.rooms ?? [], ...pageOf(data) }
      })
    },
    async getRooms(roomIds, signal) {
      const call = asking('vc/v1/rooms/mget', { room_ids: roomIds })
      return (await send({ ...call, schema: roomsSchema }, signal)).data.items ?? []
    },
    async getLevels(levelIds, signal) {
      const call = asking('vc/v1/room_levels/mget', { level_ids: levelIds })
      return (await send({ ...call, schema: levelsSchema }, signal)).data.items ?? []
    },
    async getReserveConfig(roomId, signal) {
      const name = 'vc/v1/reserve_configs/reserve_scope'
      const query = { scope_id: roomId, scope_type: '2' }
      return (await send({ name, method: 'GET', query, schema: reserveConfigSchema }, signal)).data
    },
  }
}
