import type { MeetingState, PlatformCheckIn } from '../../../shared/domain/meeting.ts'

/** What a status text of the reservation list says; `unknown` keeps the text for the log. */
export interface ReadText<Value> {
  readonly value: Value
  /** The text nobody documented, if it is one and looks like a status. */
  readonly unknown: string | null
}

type Words<Value> = readonly (readonly [RegExp, Value])[]

/**
 * `reservation_status`. The Chinese list is documented, of the English one only two samples; cancelled and refused
 * stand in no list. The first match counts, so that "released" is not read as "reserved".
 */
const RESERVATION: Words<MeetingState> = [
  [/释放|releas/i, 'released'],
  [/失败|拒绝|驳回|fail|reject|declin|refus/i, 'rejected'],
  [/取消|cancel/i, 'cancelled'],
  [/审批中|待审批|approving|pending|(?:in|under|for|awaiting) approval/i, 'pending'],
  [/预[定订]成功|(?:reserv|book)\w* success/i, 'confirmed'],
]

/**
 * `room_check_in_status`: what asks for no check-in first, because all of them speak of checking in. A disabled room
 * (不可签到) cannot be checked in, so nobody is asked to.
 */
const CHECK_IN: Words<PlatformCheckIn> = [
  [/无需|不可|不能|not (?:required|needed)|no need|unavailable|cannot|disabled/i, 'none'],
  [/超时|overtime|time ?out|expired|missed/i, 'missed'],
  [/待签到|waiting|not (?:yet )?(?:open|started)/i, 'notOpen'],
  [/未结束|not ended|in progress|open/i, 'open'],
  [/已签到|^check(?:ed)?[ -]?in$/i, 'checkedIn'],
]

/** Blank columns are empty, missing or a dash. */
export function textOrNull(text: string | null | undefined): string | null {
  const trimmed = text?.trim() ?? ''
  return trimmed === '' || trimmed === '-' ? null : trimmed
}

/** @param text the column as it came; a blank one is no known state */
export function readReservationStatus(text: string | null | undefined): ReadText<MeetingState> {
  return read(RESERVATION, textOrNull(text) ?? 'blank', 'unknown')
}

/** Blank stands for a room without check-in. */
export function readCheckInStatus(text: string | null | undefined): ReadText<PlatformCheckIn> {
  const told = textOrNull(text)
  return told === null ? { value: 'none', unknown: null } : read(CHECK_IN, told, 'none')
}

/** Whether `is_release_early` says so. Its list is not documented; its sample repeats a released status. */
export function isReleaseText(text: string | null | undefined): boolean {
  const told = textOrNull(text) ?? ''
  return /释放|releas|^(?:是|yes|true)$/i.test(told) && !/^(?:未|not )/i.test(told)
}

function read<Value>(words: Words<Value>, text: string, otherwise: Value): ReadText<Value> {
  const found = words.find(([pattern]) => pattern.test(text))
  return found ? { value: found[1], unknown: null } : { value: otherwise, unknown: statusShape(text) }
}

/** Unknown texts are logged: what does not look like a status stays out of the log. */
const statusShape = (text: string): string =>
  /^[\p{L}\p{P} ]{1,40}$/u.test(text) ? text : 'a status text of an unknown form'
