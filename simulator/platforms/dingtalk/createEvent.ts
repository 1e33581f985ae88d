import {
  FieldError,
  type Fields,
  isFields,
  isGiven,
  optional,
  readBoolean,
  readFilledText,
  readObject,
  readText,
} from '../../http/fields.ts'
import type { CalendarEntry } from '../../world/calendarEntry.ts'
import { type EventTraits, plainTraits } from '../../world/eventTraits.ts'
import type { Person } from '../../world/person.ts'
import { dayMs } from '../../world/shanghaiTime.ts'
import type { World } from '../../world/World.ts'
import { findByKey } from './calendarEvent.ts'
import { DingtalkError, dingtalkCodes } from './dingtalkError.ts'
import type { DingtalkCall } from './DingtalkRoute.ts'
import { eventAnswer } from './eventAnswer.ts'
import { findCalendarOwner, findCalendarPerson } from './findPerson.ts'
import { dayNumber } from './gate.ts'
import { readEventPoint } from './vendorTime.ts'

const longestSummary = 2048
const longestDescription = 5000
const mostAttendees = 500

interface EventSpan extends Pick<EventTraits, 'timeZone'> {
  readonly startMs: number
  readonly endMs: number
  readonly isAllDay: boolean
}

export function readSummary(fields: Fields, name: string): string {
  const text = readFilledText(fields, name)
  if (text.length > longestSummary) throw new FieldError(name, `at most ${longestSummary} characters`)
  return text
}

export function readDescription(fields: Fields, name: string): string {
  const text = readText(fields, name)
  if (text.length > longestDescription) throw new FieldError(name, `at most ${longestDescription} characters`)
  return text
}

/** Both ends are days, or both instants of one zone. @throws FieldError, DingtalkError */
export function readEventSpan(body: Fields): EventSpan {
  const start = readEventPoint(body, 'start')
  const end = readEventPoint(body, 'end')
  const isAllDay = optional(readBoolean)(body, 'isAllDay') ?? start.timeZone === null
  if (start.timeZone !== end.timeZone) throw new FieldError('end.timeZone', 'that of start')
  if (isAllDay !== (start.timeZone === null))
    throw new FieldError('start', isAllDay ? 'a date' : 'a dateTime with a timeZone')
  if (end.atMs <= start.atMs) throw new FieldError('end', 'after start')
  return {
    startMs: start.atMs,
    endMs: end.atMs,
    isAllDay,
    timeZone: start.timeZone ?? plainTraits.timeZone,
  }
}

function readAttendees(world: World, body: Fields): readonly string[] {
  const list = body['attendees'] ?? []
  if (!Array.isArray(list)) throw new FieldError('attendees', 'a list')
  if (list.length > mostAttendees) throw new FieldError('attendees', `of at most ${mostAttendees}`)
  return list.map((item: unknown) => {
    if (!isFields(item)) throw new FieldError('attendees', 'a list of objects')
    return findCalendarPerson(world, readFilledText(item, 'id'), 'attendees.id').userId
  })
}

/** D:create-schedule: so many creates per person and day, whatever becomes of the events. @throws DingtalkError */
function checkFlow({ limits, clock }: World, person: Person): void {
  const key = `dingtalk creates of ${person.userId} on ${dayNumber(clock.now())}`
  if (!limits.admitWithin(key, dayMs, limits.limits.dingtalkCreatesPerDay))
    throw new DingtalkError(dingtalkCodes.tooManyCreates, 'flow limit')
}

const isOnline = (body: Fields): boolean =>
  isGiven(body, 'onlineMeetingInfo') && readObject(body, 'onlineMeetingInfo')['type'] === 'dingtalk'

/** D:create-schedule. It books no room: `location` is a text. Series are not simulated on this side. */
export function createEvent(call: DingtalkCall): Fields {
  const { world, params, body } = call
  const person = findCalendarOwner(world, params)
  if (isGiven(body, 'recurrence')) throw new FieldError('recurrence', 'absent: series are not simulated')
  const subject = readSummary(body, 'summary')
  const span = readEventSpan(body)
  const attendeeIds = readAttendees(world, body)
  const description = optional(readDescription)(body, 'description') ?? ''
  const location = isGiven(body, 'location') ? readObject(body, 'location')['displayName'] : ''
  checkFlow(world, person)
  const entry: CalendarEntry = {
    id: world.ids.next('', 29, 'AAA'),
    subject,
    description,
    location: typeof location === 'string' ? location : '',
    organiserId: person.userId,
    attendeeIds,
    ...span,
    isCancelled: false,
    isDeleted: false,
    repeat: null,
    excludedDaysMs: [],
    ownerAppId: world.tenant.dingtalk.appKey,
    isPrivate: false,
    isOnline: isOnline(body),
  }
  world.entries.set(entry.id, entry)
  const event = findByKey(world, { kind: 'entry', id: entry.id })
  return event === undefined ? {} : eventAnswer(world, event, person.userId)
}
