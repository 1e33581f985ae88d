import type { Person } from '../../world/person.ts'
import { type CalendarEvent, findEvent, isInCalendarOf, isOrganiser } from './calendarEvent.ts'
import { DingtalkError, dingtalkCodes } from './dingtalkError.ts'
import type { DingtalkCall } from './DingtalkRoute.ts'
import { findCalendarOwner } from './findPerson.ts'

/** An event and the person in whose calendar it is looked at. */
export interface OpenEvent {
  readonly event: CalendarEvent
  readonly person: Person
}

/**
 * The event of an address, as it stands in that person's calendar.
 * @throws DingtalkError itemNotFound when it is not there, instanceNotExist for an occurrence taken out of its series
 */
export function openEvent({ world, params }: DingtalkCall): OpenEvent {
  const person = findCalendarOwner(world, params)
  const event = findEvent(world, String(params['eventId']))
  if (event === undefined || !isInCalendarOf(event, person.userId))
    throw new DingtalkError(dingtalkCodes.noSuchEvent, 'event not found')
  if (event.seriesId !== null && event.isCancelled)
    throw new DingtalkError(dingtalkCodes.noSuchInstance, 'instance does not exist')
  return { event, person }
}

/** The same for calls only the organiser may make. Which code others get is UNVERIFIED. @throws DingtalkError */
export function openOwnEvent(call: DingtalkCall): OpenEvent {
  const open = openEvent(call)
  if (!isOrganiser(open.event, open.person.userId))
    throw new DingtalkError(dingtalkCodes.notOrganiser, 'only the organizer may do this')
  if (open.event.isCancelled) throw new DingtalkError(dingtalkCodes.noSuchEvent, 'event is cancelled')
  return open
}
