import type { Fields } from '../../http/fields.ts'
import { type Booking, isTakingRoom } from '../../world/booking.ts'
import type { World } from '../../world/World.ts'
import { checkInStateOf } from './checkIn.ts'
import { departmentNames } from './departments.ts'
import { openIdOf, roomIdOf } from './feishuIds.ts'
import { listDuration, listTime } from './feishuTime.ts'
import { reservationTexts, type ReservationTexts } from './reservationTexts.ts'

/** How `mixed` tells nothing, by column; missing where none is given. */
const mixedBlanks: Readonly<Record<string, string>> = {
  check_in_device: '-',
  check_in_time: '-',
  is_release_early: '-',
  releasing_person: '',
  department_of_reserver: '-',
}

/** What a column without a value has: `""`, `-` or nothing at all. */
function blankOf(world: World, column: string): string | undefined {
  switch (world.tenant.feishu.blanks) {
    case 'empty':
      return ''
    case 'dash':
      return '-'
    case 'missing':
      return undefined
    case 'mixed':
      return mixedBlanks[column]
  }
}

const isOwn = (world: World, { ownerAppId }: Booking): boolean => ownerAppId === world.tenant.app.id

function statusText(world: World, booking: Booking, texts: ReservationTexts): string {
  const { release, status } = booking
  if (booking.reservationText !== null) return booking.reservationText
  if (release !== null && release.atMs <= world.clock.now())
    return world.tenant.quirks.keepsBookedText ? texts.booked : texts.released[release.kind]
  if (status === 'cancelled') return booking.ownerAppId === null ? texts.cancelled : texts.refused
  return status === 'booked' ? texts.booked : texts.pending
}

/** Several ids by `;`, each with its type: who is named for it first, then the app that made it. */
function reserverColumns(world: World, booking: Booking): Fields {
  const { appId, name } = world.tenant.feishu
  const person = world.people.get(booking.bookerId.toLowerCase())
  if (!isOwn(world, booking))
    return {
      reserver: person?.name ?? '',
      reserver_user_id: `${openIdOf(booking.bookerId)}(UserID)`,
      department_of_reserver: departmentNames(person) ?? blankOf(world, 'department_of_reserver'),
    }
  const contact = booking.contactId === null ? '' : `${openIdOf(booking.contactId)}(UserID);`
  return {
    reserver: name,
    reserver_user_id: `${contact}${appId}(BotID)`,
    department_of_reserver: blankOf(world, 'department_of_reserver'),
  }
}

function useColumns(world: World, booking: Booking, texts: ReservationTexts): Fields {
  const { listOffsetMinutes } = world.tenant.feishu
  const { checkIn, release } = booking
  const time = (atMs: number | null | undefined, column: string) =>
    atMs === null || atMs === undefined ? blankOf(world, column) : listTime(atMs, listOffsetMinutes)
  const releasedBy = world.people.get(release?.byUserId?.toLowerCase() ?? '')?.name
  return {
    check_in_device:
      checkIn.device === null ? blankOf(world, 'check_in_device') : texts.device[checkIn.device],
    room_check_in_status: booking.checkInText ?? texts.checkIn[checkInStateOf(world, booking)],
    check_in_time: time(checkIn.atMs, 'check_in_time'),
    is_release_early: release === null ? blankOf(world, 'is_release_early') : texts.released[release.kind],
    releasing_person: releasedBy ?? blankOf(world, 'releasing_person'),
    releasing_time: time(release?.atMs, 'releasing_time'),
  }
}

/**
 * One row. Every value is a text; there is no id of the event in it. That private events are told like others is
 * UNVERIFIED, and hard on purpose: what must be masked has to be known from elsewhere.
 */
export function reservationRow(world: World, booking: Booking, index: number, withTopic: boolean): Fields {
  const { listOffsetMinutes, textLanguage } = world.tenant.feishu
  const texts = reservationTexts[textLanguage]
  const isMasked = booking.isPrivate && world.tenant.quirks.hidesPrivateTitles
  const guests = booking.attendeeIds.length + 1
  const row = {
    room_id: roomIdOf(booking.roomId),
    room_name: world.rooms.get(booking.roomId)?.name ?? '',
    event_title: withTopic ? (isMasked ? blankOf(world, 'event_title') : booking.subject) : undefined,
    ...reserverColumns(world, booking),
    guests_number: String(guests),
    accepted_number: String(Math.ceil(guests / 2)),
    event_start_time: listTime(booking.startMs, listOffsetMinutes),
    event_end_time: listTime(booking.endMs, listOffsetMinutes),
    event_duration: listDuration(booking.endMs - booking.startMs, index % 2 === 1),
    reservation_status: statusText(world, booking, texts),
    ...useColumns(world, booking, texts),
  }
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined))
}

/** Whether the list has a row for a booking at all. */
export function isListed(world: World, booking: Booking): boolean {
  const { quirks, feishu } = world.tenant
  const nowMs = world.clock.now()
  if (booking.madeAtMs + feishu.listLagMs > nowMs) return false
  if (quirks.listsOnlyBegun && booking.startMs > nowMs) return false
  return isTakingRoom(booking) || booking.release !== null || quirks.listsCancelledRows
}
