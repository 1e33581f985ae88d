import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/domain/duration.ts'
import { createFacts } from '../facts/createFacts.ts'
import { inChunks } from '../inChunks.ts'
import { ROOMS_PER_CALL } from './client.ts'
import type { FeishuClient } from './client.ts'
import { DENIED_MS } from './extras.ts'
import type { Extras } from './extras.ts'
import type { VendorLevel, VendorRoom } from './schema.ts'

/** What the platform says about the bound rooms (names, places, sizes, closures), held for a while. */
export interface Catalogue {
  /** Reads what is old, if the month allows. Never fails the read; throws only the signal's reason. */
  learn(ids: readonly string[], signal: AbortSignal): Promise<void>
  room(id: string): VendorRoom | null
  level(id: string): VendorLevel | null
  /**
   * Asks now which of these rooms the app may see; part of a read's proof, so it is asked whatever the month says.
   * @throws ProviderError
   */
  prove(ids: readonly string[], signal: AbortSignal): Promise<ReadonlySet<string>>
}

/** See {@link Catalogue}. What cannot be read leaves the older in force. */
export function createCatalogue(extras: Extras): Catalogue {
  const { client, isMetered, mayAlsoCall } = extras
  const common = {
    ...extras,
    deniedMs: DENIED_MS,
    keyOf: (id: string) => id,
    perCall: ROOMS_PER_CALL,
    mayFetch: () => mayAlsoCall(1),
  }
  const rooms = createFacts<string, VendorRoom>({
    ...common,
    what: 'names and closures of rooms',
    fetchMany: (ids, signal) => roomsOf(client, ids, signal),
    // A closure is part of the truth: as fresh as a plan may be, or as the month can pay for.
    lifeMs: () => (isMetered ? HOUR_MS : 10 * MINUTE_MS),
  })
  const levels = createFacts<string, VendorLevel>({
    ...common,
    what: 'names of places',
    fetchMany: (ids, signal) => levelsOf(client, ids, signal),
    // Levels nobody tells of must not be asked for with every read.
    lifeMs: (level) => (level ? DAY_MS : HOUR_MS),
  })

  return {
    async learn(ids, signal) {
      await rooms.learn(ids, signal)
      await levels.learn(
        ids.flatMap((id) => rooms.get(id)?.path ?? []),
        signal,
      )
    },
    room: (id) => rooms.get(id),
    level: (id) => levels.get(id),
    async prove(ids, signal) {
      const seen = new Set<string>()
      for (const chunk of inChunks(ids, ROOMS_PER_CALL)) {
        const told = await roomsOf(client, chunk, signal)
        for (const [index, id] of chunk.entries()) {
          const room = told[index] ?? null
          rooms.take(id, room)
          if (room) seen.add(id)
        }
      }
      return seen
    },
  }
}

/** In the order of their ids; null for a room the app may not see. */
async function roomsOf(
  client: FeishuClient,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<readonly (VendorRoom | null)[]> {
  const told = new Map((await client.getRooms(ids, signal)).map((room) => [room.room_id, room]))
  return ids.map((id) => told.get(id) ?? null)
}

/** In the order of their ids; null for a level nobody tells of. */
async function levelsOf(
  client: FeishuClient,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<readonly (VendorLevel | null)[]> {
  const told = new Map((await client.getLevels(ids, signal)).map((level) => [level.room_level_id, level]))
  return ids.map((id) => told.get(id) ?? null)
}
