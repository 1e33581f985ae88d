import { pressStepsMs } from '../../shared/api/patience.ts'
import type { RoomId } from '../../shared/domain/room.ts'
import type { RoomSettings } from '../../shared/settings/schema.ts'
import { withDeadline } from '../async/withDeadline.ts'
import type { ReadPlan } from '../polling/createReadPlan.ts'
import type { Clock } from '../ports/Clock.ts'
import { ProviderError } from '../providers/ProviderError.ts'
import type { RoomReading } from '../providers/SiteProvider.ts'
import type { ServerTime } from '../time/createServerTime.ts'
import type { RoomBoard } from './createRoomBoard.ts'
import type { RoomReread, SiteAccess } from './Site.ts'

/** What {@link createRoomReader} works with. */
export interface RoomReaderDeps {
  readonly rooms: readonly RoomSettings[]
  readonly clock: Clock
  readonly time: ServerTime
  readonly plan: Pick<ReadPlan, 'mayReadNow' | 'stoppedUntilMs' | 'isRunning' | 'trustedIntervalMs'>
  readonly board: Pick<RoomBoard, 'begin' | 'applyRoom'>
  readonly readBatch: (
    rooms: readonly RoomSettings[],
    signal: AbortSignal,
  ) => Promise<ReadonlyMap<RoomId, RoomReading>>
  /** The room's plan and the count of calls go to disk. */
  readonly save: (room: RoomSettings) => Promise<void>
}

/** Reads single rooms beside the poller, which goes on undisturbed: its siblings must not wait for somebody's press. */
export interface RoomReader {
  readonly read: SiteAccess['readRoom']
  /** Gives up what runs and whatever is asked for later. */
  stop(): void
}

/** See {@link RoomReader}. */
export function createRoomReader(deps: RoomReaderDeps): RoomReader {
  const { clock, time, plan, board } = deps
  const stopped = new AbortController()

  async function readOne(room: RoomSettings): Promise<RoomReading> {
    const overdue = new ProviderError('network', 'the room was not read in time')
    const deadline = { clock, deadlineMs: pressStepsMs.read, overdue: () => overdue, caller: stopped.signal }
    try {
      const readings = await withDeadline(deadline, (signal) => deps.readBatch([room], signal))
      const error = new ProviderError('badResponse', 'the provider left the room out of its answer')
      return readings.get(room.id) ?? { kind: 'failed', error }
    } catch (error: unknown) {
      return { kind: 'failed', error: error instanceof ProviderError ? error : overdue }
    }
  }

  return {
    async read(roomId, why): Promise<RoomReread> {
      const room = deps.rooms.find(({ id }) => id === roomId)
      const mayCall = why === 'verify' ? plan.stoppedUntilMs() === null : plan.mayReadNow()
      if (!room || !mayCall || !plan.isRunning()) return { kind: 'budget' }
      const order = board.begin()
      const readAtMs = time.now()
      const reading = await readOne(room)
      if (plan.isRunning()) {
        board.applyRoom(room, reading, { readAtMs, intervalMs: plan.trustedIntervalMs(), order })
        await deps.save(room)
      }
      return reading.kind === 'read' ? { kind: 'read' } : { kind: 'failed', error: reading.error }
    },
    stop: () => stopped.abort(new Error('the site was stopped')),
  }
}
