import { HOUR_MS, MINUTE_MS } from '../../../shared/domain/duration.ts'
import type { Clock } from '../../ports/Clock.ts'
import type { Logger } from '../../ports/Logger.ts'
import { ProviderError } from '../ProviderError.ts'
import { ROOMS_PER_CALL } from './client.ts'
import type { FeishuClient } from './client.ts'
import { createPause } from './createPause.ts'
import { inChunks } from './inChunks.ts'
import type { VendorLevel, VendorRoom } from './schema.ts'

const LEVEL_LIFE_MS = 24 * HOUR_MS

/** What the platform says about the bound rooms (names, places, sizes, closures), held for a while. */
export interface Catalogue {
  /** Reads what is old, if the month allows. Never fails the read; throws only the signal's reason. */
  refresh(ids: readonly string[], signal: AbortSignal): Promise<void>
  room(id: string): VendorRoom | undefined
  level(id: string): VendorLevel | undefined
  /**
   * Asks now which of these rooms the app may see; part of a read's proof, so it is asked whatever the month says.
   * @throws ProviderError
   */
  prove(ids: readonly string[], signal: AbortSignal): Promise<ReadonlySet<string>>
}

/** What a catalogue is made with. */
export interface CatalogueOptions {
  readonly client: FeishuClient
  readonly clock: Clock
  readonly log: Logger
  readonly isMetered: boolean
  readonly mayAlsoCall: (calls: number) => boolean
}

/** Rooms and, for the names of their places, the levels on their paths. */
export async function readLevels(
  client: FeishuClient,
  rooms: readonly VendorRoom[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, VendorLevel>> {
  const ids = [...new Set(rooms.flatMap(({ path }) => path ?? []))]
  const levels = new Map<string, VendorLevel>()
  for (const chunk of inChunks(ids, ROOMS_PER_CALL))
    for (const level of await client.getLevels(chunk, signal)) levels.set(level.room_level_id, level)
  return levels
}

/** See {@link Catalogue}. What cannot be read leaves the older in force. */
export function createCatalogue(options: CatalogueOptions): Catalogue {
  const { client, clock, log, isMetered, mayAlsoCall } = options
  const pause = createPause(clock, log, 'names and closures of rooms')
  // A closure is part of the truth: as fresh as a plan may be, or as the month can pay for.
  const lifeMs = isMetered ? HOUR_MS : 10 * MINUTE_MS
  const rooms = new Map<string, VendorRoom>()
  const askedAtMs = new Map<string, number>()
  let levels: ReadonlyMap<string, VendorLevel> = new Map()
  let levelsUntilMs = -Infinity

  function take(asked: readonly string[], told: readonly VendorRoom[]): void {
    for (const id of asked) {
      askedAtMs.set(id, clock.monotonic())
      rooms.delete(id)
    }
    for (const room of told) rooms.set(room.room_id, room)
  }

  async function refreshRooms(ids: readonly string[], signal: AbortSignal): Promise<void> {
    const old = ids.filter((id) => clock.monotonic() - (askedAtMs.get(id) ?? -Infinity) >= lifeMs)
    for (const chunk of inChunks(old, ROOMS_PER_CALL)) {
      if (!mayAlsoCall(1)) return
      take(chunk, await client.getRooms(chunk, signal))
    }
  }

  async function refreshLevels(signal: AbortSignal): Promise<void> {
    const paths = new Set([...rooms.values()].flatMap(({ path }) => path ?? []))
    const isKnown = [...paths].every((id) => levels.has(id))
    if (paths.size === 0 || (isKnown && clock.monotonic() < levelsUntilMs)) return
    // Levels nobody tells of must not be asked for with every read.
    if (!isKnown && clock.monotonic() < levelsUntilMs - LEVEL_LIFE_MS + HOUR_MS) return
    if (!mayAlsoCall(Math.ceil(paths.size / ROOMS_PER_CALL))) return
    levels = await readLevels(client, [...rooms.values()], signal)
    levelsUntilMs = clock.monotonic() + LEVEL_LIFE_MS
  }

  return {
    async refresh(ids, signal) {
      if (pause.isOn()) return
      try {
        await refreshRooms(ids, signal)
        await refreshLevels(signal)
        pause.end()
      } catch (error) {
        signal.throwIfAborted()
        if (!(error instanceof ProviderError)) throw error
        pause.begin(error)
      }
    },
    room: (id) => rooms.get(id),
    level: (id) => levels.get(id),
    async prove(ids, signal) {
      const seen = new Set<string>()
      for (const chunk of inChunks(ids, ROOMS_PER_CALL)) {
        const told = await client.getRooms(chunk, signal)
        take(chunk, told)
        for (const { room_id } of told) seen.add(room_id)
      }
      return seen
    },
  }
}
