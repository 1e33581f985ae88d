import { FieldError, type Fields, readFilledText } from '../../http/fields.ts'
import type { Person } from '../../world/person.ts'
import type { World } from '../../world/World.ts'
import { DingtalkError, dingtalkCodes } from './dingtalkError.ts'
import { findByUnionId } from './vendorIds.ts'

const leftStatus = 5

/** The employee a `rooms` call is made as. @throws FieldError when not named, DingtalkError user.not.employee */
export function findOperator(world: World, fields: Fields): Person {
  const person = findByUnionId(world, readFilledText(fields, 'unionId'))
  if (person === undefined || person.status === leftStatus)
    throw new DingtalkError(dingtalkCodes.notEmployee, 'User Not Employee')
  return person
}

/** The person whose calendar an address names: its `userId` is a unionId. */
export function findCalendarOwner(world: World, params: Fields): Person {
  return findCalendarPerson(world, String(params['unionId']), 'userId')
}

/**
 * Somebody named in a calendar call. That a person outside the app's range is `permissionDeny` on every call, as on
 * create, is UNVERIFIED.
 * @throws FieldError for an id of nobody, DingtalkError permissionDeny
 */
export function findCalendarPerson(world: World, unionId: string, field: string): Person {
  const person = findByUnionId(world, unionId)
  if (person === undefined) throw new FieldError(field, 'the unionId of somebody')
  if (!person.isVisible || person.status === leftStatus)
    throw new DingtalkError(dingtalkCodes.outsideScope, 'user is outside the scope of the app')
  return person
}

/** Somebody of the organisation by the world's own id. */
export const findPersonOf = (world: World, userId: string): Person | undefined =>
  world.people.get(userId.toLowerCase())
