import { FieldError, type Fields, readTexts } from '../../http/fields.ts'
import type { World } from '../../world/World.ts'
import type { FeishuCall, FeishuRoute } from './FeishuRoute.ts'
import { childrenOf, findLevel, type Level, levelsDownTo, rootLevel } from './levels.ts'
import { pageOf } from './pageOf.ts'
import { queryText } from './readQuery.ts'
import { pathText, vcNotThere, vcRoute } from './vcRoute.ts'

function levelAnswer(world: World, level: Level): Fields {
  const path = levelsDownTo(level.place).map((one) => one.id)
  return {
    room_level_id: level.id,
    name: level.name,
    parent_id: path.at(-2) ?? '',
    path,
    has_child: childrenOf(world, level).length > 0,
    custom_group_id: '',
  }
}

/** `0` stands for the organisation. */
const findAny = (world: World, id: string): Level => {
  const level = id === '0' ? rootLevel : findLevel(world, id)
  if (level === undefined) throw vcNotThere()
  return level
}

/** vc/v1/room_levels: the children of a level, of the organisation without one. */
function list({ world, query }: FeishuCall): Fields {
  const parent = findAny(world, queryText(query, 'room_level_id') ?? '0')
  const { items, paging } = pageOf(childrenOf(world, parent), query, { usual: 10, least: 1, most: 100 })
  return { items: items.map((level) => levelAnswer(world, level)), ...paging }
}

const get = ({ world, params }: FeishuCall): Fields => ({
  room_level: levelAnswer(world, findAny(world, pathText(params, 'room_level_id'))),
})

function mget({ world, body }: FeishuCall): Fields {
  const ids = readTexts(body, 'level_ids')
  if (ids.length === 0) throw new FieldError('level_ids', 'given')
  const levels = ids.map((id) => findLevel(world, id))
  return { items: levels.flatMap((level) => (level === undefined ? [] : [levelAnswer(world, level)])) }
}

export const levelRoutes: readonly FeishuRoute[] = [
  vcRoute({ method: 'GET', path: 'room_levels', handle: list }),
  vcRoute({ method: 'POST', path: 'room_levels/mget', handle: mget }),
  vcRoute({ method: 'GET', path: 'room_levels/:room_level_id', handle: get }),
]
