import type { Fields } from '../../http/fields.ts'
import type { CalendarEntry } from '../../world/calendarEntry.ts'
import type { World } from '../../world/World.ts'
import { FeishuError, feishuCodes } from './feishuError.ts'
import { entryUid } from './feishuIds.ts'
import { pathText } from './vcRoute.ts'

const findEntry = (world: World, uid: string): CalendarEntry | undefined =>
  [...world.entries.values()].find((entry) => entryUid(entry.id) === uid)

/** `<uid>_<original time>`; events the app makes are single, so theirs ends in 0. */
function readUid(params: Fields): string {
  const uid = /^([0-9a-f-]{36})_\d{1,10}$/.exec(pathText(params, 'event_id'))?.[1]
  if (uid === undefined) throw new FeishuError(feishuCodes.badEventId, 'invalid event_id')
  return uid
}

/**
 * An event on the app's own calendar. What people made is on theirs, so it is not found here.
 * @throws FeishuError 193000 no id at all, 193001 not found, 193003 deleted
 */
export function findOwnEvent(world: World, params: Fields): CalendarEntry {
  const entry = findEntry(world, readUid(params))
  if (entry?.ownerAppId !== world.tenant.app.id)
    throw new FeishuError(feishuCodes.noSuchEvent, 'event not found')
  if (entry.isDeleted) throw new FeishuError(feishuCodes.eventDeleted, 'event is deleted')
  return entry
}

/** Whether the event is there, but somebody else's: its guests are not the app's to list. */
export function isPeoplesEvent(world: World, params: Fields): boolean {
  const entry = findEntry(world, readUid(params))
  return entry !== undefined && entry.ownerAppId !== world.tenant.app.id
}
