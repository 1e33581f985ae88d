import type { Fields } from '../../http/fields.ts'
import type { Person } from '../../world/person.ts'
import type { World } from '../../world/World.ts'
import { WecomError, wecomCodes } from './wecomError.ts'
import type { WecomCall, WecomRoute } from './WecomRoute.ts'

/**
 * A person the app may see; the id in any case (D:90196).
 * @throws WecomError 60111: no such person, or outside the visible range, which are not told apart
 */
export function findPerson(world: World, userId: string): Person {
  const person = world.people.get(userId.toLowerCase())
  if (person?.isVisible !== true) throw new WecomError(wecomCodes.noSuchPerson, 'userid not found')
  return person
}

/** D:90196 user/get, with what an app made after 2022-06-20 still gets: no avatar, mobile, mail; gender reads 0. */
function getUser({ world, query }: WecomCall): Fields {
  const userId = query['userid']
  if (typeof userId !== 'string' || userId === '')
    throw new WecomError(wecomCodes.badParameter, 'userid missing')
  const person = findPerson(world, userId)
  return {
    userid: person.userId,
    name: person.name,
    department: person.departmentIds,
    position: person.position,
    status: person.status,
    alias: person.alias,
    main_department: person.departmentIds[0] ?? 1,
    gender: '0',
    telephone: '',
    is_leader_in_dept: person.departmentIds.map(() => 0),
    extattr: { attrs: [] },
  }
}

/** D:90200 user/simplelist: one department, not its sub-departments. The code of an unknown one is UNVERIFIED. */
function listDepartment({ world, query }: WecomCall): Fields {
  const id = Number(query['department_id'])
  if (!Number.isSafeInteger(id) || id <= 0)
    throw new WecomError(wecomCodes.badParameter, 'invalid department_id')
  const people = [...world.people.values()]
  if (!people.some((person) => person.departmentIds.includes(id)))
    throw new WecomError(wecomCodes.noSuchDepartment, 'department not found')
  const userlist = people
    .filter((person) => person.isVisible && person.departmentIds.includes(id))
    .map((person) => ({ userid: person.userId, name: person.name, department: person.departmentIds }))
  return { userlist }
}

/** D:92520: the addresses of the platform itself. Here: a documentation range. */
const getApiDomainIp = (): Fields => ({ ip_list: ['192.0.2.10', '192.0.2.11'] })

export const peopleRoutes: readonly WecomRoute[] = [
  { method: 'GET', path: '/cgi-bin/user/get', grant: 'contacts', handle: getUser },
  { method: 'GET', path: '/cgi-bin/user/simplelist', grant: 'contacts', handle: listDepartment },
  { method: 'GET', path: '/cgi-bin/get_api_domain_ip', grant: null, handle: getApiDomainIp },
]
