import { FieldError, type Fields } from '../../http/fields.ts'
import type { Person } from '../../world/person.ts'
import type { World } from '../../world/World.ts'
import { FeishuError, feishuCodes } from './feishuError.ts'
import { departmentIdOf, openIdOf, unionIdOf } from './feishuIds.ts'
import type { FeishuCall, FeishuRoute } from './FeishuRoute.ts'
import { refuseScope } from './gate.ts'
import { queryText, queryTexts } from './readQuery.ts'
import { pathText } from './vcRoute.ts'

/** A person's id of the kind that was asked for. */
function idOf(person: Person, kind: string): string {
  switch (kind) {
    case 'open_id':
      return openIdOf(person.userId)
    case 'union_id':
      return unionIdOf(person.userId)
    case 'user_id':
      return person.userId
    default:
      throw new FieldError('user_id_type', 'one of open_id, union_id, user_id')
  }
}

function readKind(world: World, query: Fields): string {
  const kind = queryText(query, 'user_id_type') ?? 'open_id'
  if (kind === 'user_id' && !world.tenant.feishu.scopes.has('contact:user.employee_id:readonly'))
    refuseScope(world, ['contact:user.employee_id:readonly'])
  return kind
}

const findAny = (world: World, id: string, kind: string): Person | undefined =>
  [...world.people.values()].find((person) => idOf(person, kind) === id)

/** Each group of fields has a scope of its own: a good answer may have no name in it. */
function userAnswer(world: World, person: Person): Fields {
  const { scopes } = world.tenant.feishu
  const base = { name: person.name, en_name: '', nickname: person.alias }
  return {
    open_id: openIdOf(person.userId),
    union_id: unionIdOf(person.userId),
    ...(scopes.has('contact:user.employee_id:readonly') ? { user_id: person.userId } : {}),
    ...(scopes.has('contact:user.base:readonly') ? base : {}),
    ...(scopes.has('contact:user.department:readonly')
      ? { department_ids: person.departmentIds.map(departmentIdOf) }
      : {}),
    status: {
      is_frozen: person.status === 2,
      is_resigned: person.status === 5,
      is_activated: person.status === 1,
      is_exited: false,
      is_unjoin: person.status === 4,
    },
  }
}

/** contact/v3/users/{id}: 41050 outside what the app may see, 41012 for ids of nobody, bots among them. */
function get({ world, params, query }: FeishuCall): Fields {
  const kind = readKind(world, query)
  const person = findAny(world, pathText(params, 'user_id'), kind)
  if (person === undefined) throw new FeishuError(feishuCodes.noSuchUser, 'user id invalid error')
  if (!person.isVisible) throw new FeishuError(feishuCodes.userOutOfScope, 'no user authority error')
  return { user: userAnswer(world, person) }
}

/** contact/v3/users/batch: people outside what the app may see are left out in silence. */
function batch({ world, query }: FeishuCall): Fields {
  const kind = readKind(world, query)
  const ids = queryTexts(query, 'user_ids')
  if (ids.length === 0 || ids.length > 50) throw new FieldError('user_ids', 'of 1 to 50 ids')
  const people = ids.map((id) => findAny(world, id, kind))
  return { items: people.flatMap((person) => (person?.isVisible ? [userAnswer(world, person)] : [])) }
}

/** Contact calls are free of the month's quota. */
const contactRoute = (path: string, handle: FeishuRoute['handle']): FeishuRoute => ({
  method: 'GET',
  path: `/open-apis/contact/v3/users/${path}`,
  scopes: ['contact:contact.base:readonly'],
  pace: 'level4',
  isMetered: false,
  badParameter: feishuCodes.badContactRequest,
  msg: 'success',
  handle,
})

export const contactRoutes: readonly FeishuRoute[] = [
  contactRoute('batch', batch),
  contactRoute(':user_id', get),
]
