import { type Fields, FieldError } from '../../http/fields.ts'
import { type SignIn, signInKey } from '../../world/signIn.ts'
import type { World } from '../../world/World.ts'
import { openOwnEvent } from './calendarCall.ts'
import { type CalendarEvent, findEvent, isInCalendarOf } from './calendarEvent.ts'
import { DingtalkError, dingtalkCodes } from './dingtalkError.ts'
import type { DingtalkCall, DingtalkRoute } from './DingtalkRoute.ts'
import { eventsPath } from './eventRoutes.ts'
import { findCalendarOwner } from './findPerson.ts'
import { readQueryCount } from './readQuery.ts'
import { unionIdOf } from './vendorIds.ts'

/** Signing in and signing out are twins with other names: paths, fields and filters differ in more than one letter. */
interface Side {
  readonly path: string
  readonly timeField: 'checkInTime' | 'checkOutTime'
  readonly mark: 'inMs' | 'outMs'
  readonly done: string
  readonly notDone: string
  readonly linkPath: string
  readonly linkField: string
}

const signIn: Side = {
  path: 'signin',
  timeField: 'checkInTime',
  mark: 'inMs',
  done: 'sign_in',
  notDone: 'not_yet_sign_in',
  linkPath: 'signInLinks',
  linkField: 'signInLink',
}
const signOut: Side = {
  path: 'signOut',
  timeField: 'checkOutTime',
  mark: 'outMs',
  done: 'sign_out',
  notDone: 'not_yet_sign_out',
  linkPath: 'signOutLinks',
  linkField: 'signOutLink',
}

const known = (world: World, eventId: string, userId: string): SignIn =>
  world.signIns.get(signInKey(eventId, userId)) ?? { eventId, userId, inMs: null, outMs: null }

/** @throws DingtalkError itemNotFound, notInEvent */
function openAsParticipant({ world, params }: DingtalkCall) {
  const person = findCalendarOwner(world, params)
  const event = findEvent(world, String(params['eventId']))
  if (event === undefined) throw new DingtalkError(dingtalkCodes.noSuchEvent, 'event not found')
  if (!isInCalendarOf(event, person.userId))
    throw new DingtalkError(dingtalkCodes.notInEvent, 'user is not in the event')
  return { event, person }
}

/** D:sign-in-single-schedule-news. A second time keeps the first moment (UNVERIFIED). */
const sign =
  (side: Side) =>
  (call: DingtalkCall): Fields => {
    const { world } = call
    const { event, person } = openAsParticipant(call)
    const before = known(world, event.id, person.userId)
    const atMs = before[side.mark] ?? world.clock.now()
    world.signIns.set(signInKey(event.id, person.userId), { ...before, [side.mark]: atMs })
    return { [side.timeField]: atMs }
  }

const participants = (event: CalendarEvent): readonly string[] => [
  ...new Set([event.organiserId, ...event.attendeeIds]),
]

const listSigned =
  (side: Side) =>
  (call: DingtalkCall): Fields => {
    const { world, query } = call
    const { type, nextToken } = query
    const size = readQueryCount(query, 'maxResults', null, 500)
    if (type !== side.done && type !== side.notDone)
      throw new FieldError('type', `${side.done} or ${side.notDone}`)
    const { event } = openAsParticipant(call)
    const offset = typeof nextToken === 'string' && nextToken !== '' ? Number(nextToken) : 0
    const found = participants(event)
      .map((userId) => known(world, event.id, userId))
      .filter((one) => (one[side.mark] !== null) === (type === side.done))
    const users = found.slice(offset, offset + size).map((one) => ({
      userId: unionIdOf(one.userId),
      displayName: world.people.get(one.userId.toLowerCase())?.name ?? '',
      ...(one[side.mark] === null ? {} : { [side.timeField]: one[side.mark] }),
    }))
    const end = offset + size
    return { users, ...(end < found.length ? { nextToken: String(end) } : {}) }
  }

/** D:api-getsigninlink: what a QR code for the event holds; the organiser's to ask for. */
const getLink =
  (side: Side) =>
  (call: DingtalkCall): Fields => {
    const { event } = openOwnEvent(call)
    const code = encodeURIComponent(event.id)
    return { [side.linkField]: `http://qr.dingtalk.com/page/dingcheckin?isNew=1&code=${code}` }
  }

const routesOf = (side: Side): readonly DingtalkRoute[] => {
  const path = `${eventsPath}/:eventId/${side.path}`
  const linkPath = `${eventsPath}/:eventId/${side.linkPath}`
  const write = { scope: 'Calendar.Event.Write' } as const
  return [
    { method: 'POST', path, ...write, isBodiless: true, handle: sign(side) },
    { method: 'GET', path, scope: 'Calendar.Event.Read', handle: listSigned(side) },
    // A read that asks for the right to write.
    { method: 'GET', path: linkPath, ...write, handle: getLink(side) },
  ]
}

export const signRoutes: readonly DingtalkRoute[] = [...routesOf(signIn), ...routesOf(signOut)]
