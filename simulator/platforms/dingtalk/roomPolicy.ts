import { isOverlapping, isTakingRoom } from '../../world/booking.ts'
import { isClosing } from '../../world/closure.ts'
import type { Person } from '../../world/person.ts'
import type { Room } from '../../world/room.ts'
import { dayMs, localMidnight, minuteMs } from '../../world/shanghaiTime.ts'
import type { World } from '../../world/World.ts'
import { DingtalkError, dingtalkCodes } from './dingtalkError.ts'

/** Whether the room is open to the person at all. */
export function isOpenTo({ range }: Room, person: Person): boolean {
  if (range === null) return true
  const { userIds, departmentIds } = range
  return (
    userIds.some((id) => id.toLowerCase() === person.userId.toLowerCase()) ||
    person.departmentIds.some((id) => departmentIds.includes(id))
  )
}

interface Wish {
  readonly world: World
  readonly room: Room
  readonly person: Person
  readonly startMs: number
  readonly endMs: number
  /** The booking that is moved, which is not in its own way. */
  readonly except?: string | undefined
}

/** The rule of the room a wish breaks, in words; null for none. */
function brokenRule({ world, room, person, startMs, endMs }: Wish): string | null {
  const { minMinutes, maxMinutes, advanceDays } = room.rules
  const minutes = (endMs - startMs) / minuteMs
  const lastMs = advanceDays === null ? null : localMidnight(world.clock.now()) + (advanceDays + 1) * dayMs
  const closure = [...world.closures.values()].find(
    (one) => one.roomId === room.id && isClosing(one, startMs, endMs),
  )
  if (room.isDisabled) return 'The room is not open for reservation.'
  if (!isOpenTo(room, person)) return 'You are not among the people who may reserve this room.'
  if (closure !== undefined) return `The room is closed: ${closure.reason}`
  if (minMinutes > 0 && minutes < minMinutes) return `A reservation must last at least ${minMinutes} minutes.`
  if (maxMinutes > 0 && minutes > maxMinutes) return `A reservation may last at most ${maxMinutes} minutes.`
  if (lastMs !== null && endMs > lastMs)
    return `The room can be reserved at most ${advanceDays ?? 0} days ahead.`
  return null
}

/**
 * Lets a room be booked, or refuses with one code for both reasons (D:add-a-meeting-room): a broken rule is told in a
 * JSON text inside the message, as developers report; a taken room is not told apart any further (UNVERIFIED).
 * @throws DingtalkError meetingRoomNotAvailable
 */
export function checkBookable(wish: Wish, isLengthFree = false): void {
  const { world, room, startMs, endMs, except } = wish
  const judged = isLengthFree ? { ...wish, room: { ...room, rules: { ...room.rules, minMinutes: 0 } } } : wish
  const rule = brokenRule(judged)
  if (rule !== null) {
    const detail = JSON.stringify([{ roomName: room.name, text: rule }])
    throw new DingtalkError(dingtalkCodes.roomNotAvailable, `code: 321001, developerMessage: ${detail}`)
  }
  if (isTaken(world, room.id, startMs, endMs, except))
    throw new DingtalkError(dingtalkCodes.roomNotAvailable, 'room busy')
}

export const isTaken = (
  { bookings }: World,
  roomId: number,
  startMs: number,
  endMs: number,
  except?: string,
): boolean =>
  bookings
    .ofRoom(roomId, startMs, endMs)
    .some((one) => isTakingRoom(one) && one.id !== except && isOverlapping(one, startMs, endMs))
