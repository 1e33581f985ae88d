import type { Meeting } from '../../shared/domain/meeting.ts'
import type { Occurrence, RoomActions, WriteOutcome } from '../providers/RoomActions.ts'
import type { RoomRef } from '../providers/SiteProvider.ts'
import type { RoomSettings } from '../../shared/settings/schema.ts'

type Source = RoomSettings['source']

/**
 * Where a platform cannot move an end, an extension is a booking of its own behind the meeting: it ends with it.
 * @param extensionOf the meeting an own booking extends; null where it extends none
 * @returns the bookings that extend a meeting, the last one first
 */
export function extensionsOf(
  meetings: readonly Meeting[],
  meetingId: string,
  extensionOf: (meetingId: string) => string | null,
): readonly Occurrence[] {
  const next = meetings.find(({ id }) => id !== meetingId && extensionOf(id) === meetingId)
  if (!next) return []
  const { id, startMs, endMs } = next
  // Each step leaves the bookings already found behind, so that a journal that runs in a circle ends.
  const rest = meetings.filter((one) => one.id !== meetingId)
  return [...extensionsOf(rest, id, extensionOf), { meetingId: id, startMs, endMs }]
}

/**
 * Ends a meeting after what was booked behind it, so that no moment leaves the extension without its meeting. An
 * extension the platform will not give back stands in the calendar, and so on the screen; the meeting ends all the same.
 */
export async function endWithExtensions(
  actions: RoomActions<Source>,
  room: RoomRef<Source>,
  bookings: { readonly meeting: Occurrence; readonly extensions: readonly Occurrence[] },
  signal: AbortSignal,
): Promise<WriteOutcome> {
  let doubt: WriteOutcome | null = null
  for (const extension of bookings.extensions) {
    const outcome = await actions.end(room, extension, 'endedEarly', signal)
    if (outcome.kind === 'unclear') doubt = outcome
  }
  const ended = await actions.end(room, bookings.meeting, 'endedEarly', signal)
  return ended.kind === 'done' && doubt ? doubt : ended
}
