import { FieldError, type Fields, isFields, readFilledText, readInteger } from '../../http/fields.ts'
import { type Booking, isTakingRoom } from '../../world/booking.ts'
import type { World } from '../../world/World.ts'
import { feishuCodes } from './feishuError.ts'
import { originalTimeOf, uidOf } from './feishuIds.ts'
import type { FeishuCall, FeishuRoute } from './FeishuRoute.ts'
import { vchatOf } from './video.ts'

/** How many one call takes is UNVERIFIED. */
const mostEvents = 20

interface EventKey {
  readonly uid: string
  readonly original_time: number
}

const keyText = ({ uid, original_time: originalTime }: EventKey): string => `${uid}_${originalTime}`

/** The list's name begins with a capital letter, and so do the answer's. */
function readKeys(body: Fields): readonly EventKey[] {
  const list = body['EventUids']
  if (!Array.isArray(list) || list.length === 0 || list.length > mostEvents)
    throw new FieldError('EventUids', `a list of 1 to ${mostEvents} events`)
  return list.map((item: unknown) => {
    if (!isFields(item)) throw new FieldError('EventUids', 'a list of events')
    return { uid: readFilledText(item, 'uid'), original_time: readInteger(item, 'original_time') }
  })
}

/** Every event with a room, by its key; of several occurrences the first. */
function eventsByKey(world: World): ReadonlyMap<string, Booking> {
  const found = new Map<string, Booking>()
  for (const booking of world.bookings.all()) {
    const key = keyText({ uid: uidOf(booking), original_time: originalTimeOf(booking) })
    const isThere = isTakingRoom(booking) || booking.release !== null
    if (isThere && !found.has(key)) found.set(key, booking)
  }
  return found
}

/** Titles of private events come like all others (UNVERIFIED): masking them is the caller's. */
const isHidden = (world: World, booking: Booking): boolean =>
  booking.isPrivate && world.tenant.quirks.hidesPrivateTitles

function batchGet({ world, body }: FeishuCall): Fields {
  const infos: Fields[] = []
  const errors: Fields[] = []
  const keys = readKeys(body)
  const events = eventsByKey(world)
  for (const key of keys) {
    const booking = events.get(keyText(key))
    if (booking === undefined) errors.push({ ...key, error_msg: 'event not found' })
    else if (isHidden(world, booking)) errors.push({ ...key, error_msg: 'no permission' })
    else infos.push({ ...key, summary: booking.subject, vchat: vchatOf(key.uid, booking) })
  }
  return { ErrorEventUids: errors, EventInfos: infos }
}

/** meeting_room/summary/batch_get: reads only, and still asks for the scope that manages rooms. */
export const summaryRoute: FeishuRoute = {
  method: 'POST',
  path: '/open-apis/meeting_room/summary/batch_get',
  scopes: ['calendar:room'],
  pace: 'old',
  isMetered: true,
  badParameter: feishuCodes.badRoomRequest,
  msg: '',
  handle: batchGet,
}
