import { describe, expect, it } from 'vitest'
import { planQueries } from './planQueries.ts'
import type { OfficeRoom } from './schema.ts'

const rooms = new Map<number, OfficeRoom>(
  [
    { meetingroom_id: 1, name: 'a', city: '杭州', building: '滨江一号', floor: '3F' },
    { meetingroom_id: 2, name: 'b', city: '杭州', building: '滨江一号', floor: '3F' },
    { meetingroom_id: 3, name: 'c', city: '杭州', building: '滨江一号', floor: '5F' },
    { meetingroom_id: 4, name: 'd', city: '上海', building: '滨江一号', floor: '3F' },
    { meetingroom_id: 5, name: 'e' },
  ].map((room) => [room.meetingroom_id, room]),
)
const plan = (ids: readonly number[], isRefused: (filter: object) => boolean = () => false) =>
  planQueries(ids, (id) => rooms.get(id), isRefused)
const building = { city: '杭州', building: '滨江一号' }

describe('planQueries', () => {
  it('rooms of one floor share a question', () => {
    expect(plan([1, 2])).toEqual([{ filter: { ...building, floor: '3F' }, ids: [1, 2] }])
  })

  it('rooms of several floors share their building’s', () => {
    expect(plan([1, 3])).toEqual([{ filter: building, ids: [1, 3] }])
  })

  it('buildings of the same name in two cities are two; alone, unplaced and unknown rooms are asked by id', () => {
    expect(plan([1, 2, 4, 5, 99])).toEqual([
      { filter: { ...building, floor: '3F' }, ids: [1, 2] },
      { filter: { meetingroom_id: 5 }, ids: [5] },
      { filter: { meetingroom_id: 99 }, ids: [99] },
      { filter: { meetingroom_id: 4 }, ids: [4] },
    ])
  })

  it('a place that could not be told is asked room by room', () => {
    const isRefused = (filter: object) => JSON.stringify(filter) === JSON.stringify(building)
    expect(plan([1, 3], isRefused).map((query) => query.ids)).toEqual([[1], [3]])
  })

  it('a room bound by two panels is asked for once', () => {
    expect(plan([5, 5])).toHaveLength(1)
  })
})
