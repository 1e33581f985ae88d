import {
  FieldError,
  type Fields,
  isGiven,
  optional,
  readFilledText,
  readInteger,
  readOneOf,
  readText,
  withoutUndefined,
} from '../http/fields.ts'
import type { Booking } from '../world/booking.ts'
import { releaseRoom } from '../world/releaseRoom.ts'
import {
  type CheckIn,
  checkInDevices,
  checkInStates,
  releaseKinds,
  type RoomUse,
  videoKinds,
} from '../world/roomUse.ts'
import type { World } from '../world/World.ts'

const checkInFields = ['checkInAtMs', 'checkInDevice']
const releaseFields = ['releaseAtMs', 'releasedBy']

/** What a booking says about the use of its room. */
export const roomUseFields = [
  'checkIn',
  ...checkInFields,
  'checkInText',
  'reservationText',
  'release',
  ...releaseFields,
  'contact',
  'otherVideo',
]

function refuseWithout(fields: Fields, needed: string, dependants: readonly string[]): void {
  const stray = dependants.find((name) => isGiven(fields, name))
  if (stray !== undefined) throw new FieldError(stray, `absent without ${needed}`)
}

/** Checked in without more is now, on the panel beside the door. */
function readCheckIn(fields: Fields, nowMs: number): CheckIn | undefined {
  const state = optional(readOneOf(['auto', ...checkInStates] as const))(fields, 'checkIn')
  if (state === undefined) {
    refuseWithout(fields, 'checkIn', checkInFields)
    return undefined
  }
  const isIn = state === 'checkedIn'
  return {
    state,
    atMs: optional(readInteger)(fields, 'checkInAtMs') ?? (isIn ? nowMs : null),
    device: optional(readOneOf(checkInDevices))(fields, 'checkInDevice') ?? (isIn ? 'panel' : null),
  }
}

/** An empty text takes an odd one away again. */
function readOddText(fields: Fields, name: string): string | null | undefined {
  const text = optional(readText)(fields, name)
  return text === '' ? null : text
}

/** All of it but the release, which changes more than the booking. */
export function readRoomUse(fields: Fields, nowMs: number) {
  const video = optional(readOneOf(['none', ...videoKinds] as const))(fields, 'otherVideo')
  return withoutUndefined({
    checkIn: readCheckIn(fields, nowMs),
    contactId: optional(readFilledText)(fields, 'contact'),
    otherVideo: video === 'none' ? null : video,
    checkInText: readOddText(fields, 'checkInText'),
    reservationText: readOddText(fields, 'reservationText'),
  }) satisfies Partial<RoomUse>
}

/** Reads a release before anything is changed; `none` takes one back. */
export function readRelease(fields: Fields, nowMs: number) {
  const kind = optional(readOneOf(['none', ...releaseKinds] as const))(fields, 'release')
  if (kind === undefined || kind === 'none') {
    refuseWithout(fields, 'a release', releaseFields)
    return kind
  }
  return {
    kind,
    atMs: optional(readInteger)(fields, 'releaseAtMs') ?? nowMs,
    byUserId: optional(readFilledText)(fields, 'releasedBy') ?? null,
  }
}

/** Somebody releases by hand: the booker, when nobody else is named. */
export function applyRelease(
  world: World,
  booking: Booking,
  release: ReturnType<typeof readRelease>,
): Booking {
  if (release === undefined) return booking
  if (release === 'none')
    return world.bookings.patch(booking.id, { release: null, status: 'booked' }) ?? booking
  const byUserId = release.byUserId ?? (release.kind === 'manual' ? booking.bookerId : null)
  return releaseRoom(world, booking.id, { ...release, byUserId }) ?? booking
}
