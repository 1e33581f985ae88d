import type { CalendarEntry } from '../../world/calendarEntry.ts'
import type { World } from '../../world/World.ts'
import { WecomError, wecomCodes } from './wecomError.ts'

/**
 * A calendar entry the app made (D:97724). Which number of 90457 to 90462 a bad and a deleted id get is UNVERIFIED;
 * that an entry of a person answers as one of another app is what developers report.
 * @throws WecomError 90459 no such id, 90460 deleted, 90466 not the app's own
 */
export function findOwnEntry(world: World, id: string): CalendarEntry {
  const entry = world.entries.get(id)
  const rest = { schedule_list: [] }
  if (entry === undefined) throw new WecomError(wecomCodes.badSchedule, 'invalid schedule_id', rest)
  if (entry.ownerAppId !== world.tenant.app.id)
    throw new WecomError(wecomCodes.foreignSchedule, 'schedule belongs to other app', rest)
  if (entry.isDeleted) throw new WecomError(wecomCodes.deletedSchedule, 'schedule has been deleted', rest)
  return entry
}
