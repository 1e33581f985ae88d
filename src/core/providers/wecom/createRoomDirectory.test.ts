import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DirectoryEntry, DirectoryRoomDraft } from '../../../shared/domain/directory.ts'
import { ProviderError } from '../ProviderError.ts'
import type { RoomDirectory } from '../SiteProvider.ts'
import { changedFields } from './createRoomDirectory.ts'
import { openWecomWorld } from './testing/openWecomWorld.ts'
import type { WecomWorld } from './testing/openWecomWorld.ts'

const never = new AbortController().signal
const noFilter = { city: '', building: '', floor: '', equipment: [] }
const draft: DirectoryRoomDraft = {
  name: '9F-虎跑',
  capacity: 6,
  city: '杭州',
  building: '滨江一号',
  floor: '9F',
  equipment: [1, 4],
  latitude: '',
  longitude: '',
  range: null,
}

let world: WecomWorld
let directory: RoomDirectory
beforeEach(() => {
  world = openWecomWorld()
  const offered = world.provider().directory
  if (!offered) throw new Error('WeCom offers its room directory')
  directory = offered
})
afterEach(() => world.close())

const find = async (vendorId: string): Promise<DirectoryEntry> => {
  const room = (await directory.list(noFilter, never)).find((one) => one.vendorId === vendorId)
  if (!room) throw new Error(`${vendorId} is not listed`)
  return room
}
const kindOf = async (run: Promise<unknown>): Promise<string> => {
  const error: unknown = await run.then(
    () => null,
    (reason: unknown) => reason,
  )
  return error instanceof ProviderError ? error.kind : 'none'
}

describe('the room directory', () => {
  it('adds, changes and deletes a room, as the platform then tells it', async () => {
    const vendorId = await directory.add(draft, never)
    expect(await find(vendorId)).toMatchObject({
      name: '9F-虎跑',
      capacity: 6,
      floor: '9F',
      equipment: [1, 4],
    })
    await directory.edit(vendorId, { ...draft, name: '9F-龙井', floor: '10F' }, never)
    expect(await find(vendorId)).toMatchObject({ name: '9F-龙井', capacity: 6, floor: '10F' })
    await directory.remove(vendorId, never)
    expect((await directory.list(noFilter, never)).some((one) => one.vendorId === vendorId)).toBe(false)
  })

  it('narrows by place, each level with the one above it, and by equipment', async () => {
    const all = await directory.list(noFilter, never)
    const floor = await directory.list(
      { ...noFilter, city: '杭州', building: '滨江一号', floor: '3F' },
      never,
    )
    expect(floor.length).toBeGreaterThan(0)
    expect(floor.length).toBeLessThan(all.length)
    expect(floor.every((room) => room.floor === '3F')).toBe(true)
    // A floor without its building would be refused; it is left out rather than sent.
    expect(await directory.list({ ...noFilter, floor: '3F' }, never)).toHaveLength(all.length)
  })

  it('an edit that changes nothing calls nothing', async () => {
    const vendorId = await directory.add(draft, never)
    const before = (await world.calls())['/cgi-bin/oa/meetingroom/edit'] ?? 0
    await directory.edit(vendorId, draft, never)
    expect((await world.calls())['/cgi-bin/oa/meetingroom/edit'] ?? 0).toBe(before)
  })

  it('passes the platform’s refusals on', async () => {
    expect(await kindOf(directory.edit('99999', draft, never))).toBe('notFound')
    expect(await kindOf(directory.remove('not-a-number', never))).toBe('notFound')
    await world.fault({ kind: 'errcode', errcode: 48002, route: 'meetingroom/add' })
    expect(await kindOf(directory.add(draft, never))).toBe('permission')
  })
})

describe('changedFields', () => {
  const { range: _range, ...described } = draft
  const present: DirectoryEntry = {
    ...described,
    vendorId: '12',
    needsApproval: false,
    latitude: '30.2',
    longitude: '120.2',
  }

  it.each<[string, Partial<DirectoryRoomDraft>, object]>([
    ['nothing', { latitude: '30.2', longitude: '120.2' }, {}],
    ['the name alone', { name: 'x' }, { name: 'x' }],
    [
      'one part of the position sends all three',
      { floor: '1F' },
      { city: '杭州', building: '滨江一号', floor: '1F' },
    ],
    ['equipment in another order is the same', { equipment: [4, 1] }, {}],
    ['equipment', { equipment: [] }, { equipment: [] }],
    ['a coordinate left empty stays as it is', { latitude: '', longitude: '' }, {}],
    [
      'a coordinate',
      { latitude: '31', longitude: '121' },
      { coordinate: { latitude: '31', longitude: '121' } },
    ],
    [
      'a range replaces',
      { range: { userIds: ['a'], departmentIds: [1] } },
      { range: { user_list: ['a'], department_list: [1] } },
    ],
  ])('%s', (_name, change, expected) => {
    expect(changedFields({ ...draft, ...change }, present)).toEqual(expected)
  })

  it('a new room without a position sends none of its parts', () => {
    expect(changedFields({ ...draft, city: '', building: '', floor: '' }, null)).not.toHaveProperty('city')
  })
})
