import { FieldError, type Fields, isGiven, optional, readFilledText, readInteger } from '../../http/fields.ts'
import { type Booking, isTakingRoom } from '../../world/booking.ts'
import { localMidnight } from '../../world/shanghaiTime.ts'
import type { World } from '../../world/World.ts'
import { WecomError, wecomCodes } from './wecomError.ts'
import type { WecomCall, WecomRoute } from './WecomRoute.ts'

/** The bookings an id stands for: one, or a series by its own id or by that of any of its days. */
function findBookings(world: World, id: string): readonly [Booking, ...Booking[]] {
  const known = world.bookings.get(id)
  const isHidden =
    world.tenant.quirks.cancelsDaysBySeriesIdOnly && known !== undefined && known.masterId !== null
  const single = isHidden ? undefined : known
  const masterId = single === undefined ? id : single.masterId
  const found = masterId === null || single?.masterId === null ? [single] : world.bookings.series(masterId)
  const [first, ...others] = found.filter((booking) => booking !== undefined)
  // The code of an unknown id is UNVERIFIED.
  if (first === undefined) throw new WecomError(wecomCodes.badParameter, 'invalid booking_id')
  return [first, ...others]
}

/** That an app may not cancel what people booked in the client is UNVERIFIED; the quirk turns it round. */
function checkRight(world: World, booking: Booking): void {
  const { app, quirks } = world.tenant
  if (booking.ownerAppId === app.id) return
  if (booking.ownerAppId === null && quirks.mayCancelPeoplesBookings) return
  throw new WecomError(wecomCodes.foreignBooking, 'booking belongs to other app')
}

function cancelSingle(world: World, booking: Booking, isEntryKept: boolean): void {
  world.bookings.cancel(booking.id)
  const entry = world.entries.get(booking.scheduleId)
  if (entry === undefined) return
  const isGone = !isEntryKept
  world.entries.set(entry.id, { ...entry, isCancelled: isGone, isDeleted: isGone })
}

function cancelDay(world: World, bookings: readonly Booking[], dayMs: number): void {
  if (localMidnight(dayMs) !== dayMs) throw new FieldError('cancel_date', 'a local midnight')
  const hit = bookings.find((booking) => isTakingRoom(booking) && localMidnight(booking.startMs) === dayMs)
  if (hit === undefined) throw new FieldError('cancel_date', 'a day of the series')
  world.bookings.cancel(hit.id)
}

/**
 * D:93620 cancel_book. For a series `cancel_date` takes one day out; without it the whole series is cancelled.
 * Both the series' id and a day's id are taken (UNVERIFIED which one the platform wants; a quirk
 * takes the series' alone). `keep_schedule` is 0 when
 * not sent (UNVERIFIED). What is cancelled already cannot be cancelled again (UNVERIFIED).
 */
function cancel({ world, body }: WecomCall): Fields {
  const bookings = findBookings(world, readFilledText(body, 'booking_id'))
  const [first] = bookings
  checkRight(world, first)
  const isEntryKept = (optional(readInteger)(body, 'keep_schedule') ?? 0) === 1
  if (first.masterId !== null && isGiven(body, 'cancel_date')) {
    cancelDay(world, bookings, readInteger(body, 'cancel_date') * 1000)
    return {}
  }
  if (first.masterId === null && isGiven(body, 'cancel_date'))
    throw new FieldError('cancel_date', 'absent: the booking does not repeat')
  const taking = bookings.filter(isTakingRoom)
  if (taking.length === 0) throw new WecomError(wecomCodes.badParameter, 'booking is cancelled already')
  if (first.masterId === null) cancelSingle(world, first, isEntryKept)
  else for (const booking of taking) world.bookings.cancel(booking.id)
  return {}
}

export const cancelRoute: WecomRoute = {
  method: 'POST',
  path: '/cgi-bin/oa/meetingroom/cancel_book',
  grant: 'meetingroom',
  handle: cancel,
}
