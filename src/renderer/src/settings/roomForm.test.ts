import { describe, expect, it } from 'vitest'
import { directoryRoomInput } from '../../../shared/api/adminInputs.ts'
import type { DirectoryEntry } from '../../../shared/domain/directory.ts'
import { blankRoomForm, judgeRoomForm, roomDraftOf, roomFormOf, splitIds } from './roomForm.ts'
import type { RoomForm, RoomFormContext } from './roomForm.ts'
import { directoryEntries } from './testing/createFakeAdmin.ts'

const newRoom: RoomFormContext = { before: null, isBuildingKnown: false }
const good: RoomForm = {
  ...blankRoomForm,
  name: '5F-灵隐',
  capacity: '12',
  city: '杭州',
  building: '滨江一号',
  floor: '5F',
  equipment: [1, 5],
}

const judge = (part: Partial<RoomForm>, context: Partial<RoomFormContext> = {}): readonly string[] =>
  judgeRoomForm({ ...good, ...part }, { ...newRoom, ...context }).map(
    ({ field, reason }) => `${field}:${reason}`,
  )

const ids = (count: number, one: (n: number) => string): string =>
  Array.from({ length: count }, (_x, n) => one(n + 1)).join('\n')

describe('judgeRoomForm', () => {
  it.each<[string, Partial<RoomForm>, readonly string[]]>([
    ['a whole room', {}, []],
    ['a room without a position', { city: '', building: '', floor: '' }, []],
    ['spaces for a name', { name: '   ' }, ['name:nameMissing']],
    ['30 characters', { name: '会'.repeat(30) }, []],
    ['31 characters', { name: '会'.repeat(31) }, ['name:nameLong']],
    ['30 characters between spaces', { name: ` ${'会'.repeat(30)} ` }, []],
    ['no capacity', { capacity: '' }, ['capacity:capacity']],
    ['nobody', { capacity: '0' }, ['capacity:capacity']],
    ['less than nobody', { capacity: '-3' }, ['capacity:capacity']],
    ['half a person', { capacity: '4.5' }, ['capacity:capacity']],
    ['a number with letters', { capacity: '12a' }, ['capacity:capacity']],
    ['100000 people', { capacity: '100000' }, []],
    ['100001 people', { capacity: '100001' }, ['capacity:capacity']],
    ['a city alone', { building: '', floor: '' }, ['building:buildingMissing', 'floor:floorMissing']],
    ['no city', { city: ' ' }, ['city:cityMissing']],
    ['no floor', { floor: '' }, ['floor:floorMissing']],
    ['a building of 64 characters', { building: 'b'.repeat(64) }, []],
    ['a building of 65 characters', { building: 'b'.repeat(65) }, ['building:placeLong']],
    ['coordinates', { latitude: '30.208400', longitude: '120.212' }, []],
    ['coordinates of the far south-west', { latitude: '-90', longitude: '-180' }, []],
    ['a latitude alone', { latitude: '30.2' }, ['longitude:coordinatesAlone']],
    ['a longitude alone', { longitude: '120.2' }, ['latitude:coordinatesAlone']],
    ['a latitude beyond the pole', { latitude: '90.1', longitude: '0' }, ['latitude:latitude']],
    ['the two the wrong way round', { latitude: '120.212', longitude: '30.2084' }, ['latitude:latitude']],
    ['a longitude beyond the date line', { latitude: '0', longitude: '180.5' }, ['longitude:longitude']],
    [
      'a decimal comma',
      { latitude: '30,2', longitude: '120,2' },
      ['latitude:latitude', 'longitude:longitude'],
    ],
    [
      'coordinates of no building',
      { city: '', building: '', floor: '', latitude: '30', longitude: '120' },
      ['latitude:coordinatesPlace'],
    ],
    ['an empty new range', { range: 'replace' }, ['userIds:rangeEmpty']],
    ['1000 people', { range: 'replace', userIds: ids(1000, (n) => `user${n}`) }, []],
    ['1001 people', { range: 'replace', userIds: ids(1001, (n) => `user${n}`) }, ['userIds:usersMany']],
    ['1000 departments', { range: 'replace', departmentIds: ids(1000, String) }, []],
    [
      '1001 departments',
      { range: 'replace', departmentIds: ids(1001, String) },
      ['departmentIds:departmentsMany'],
    ],
    ['a userid of 65 characters', { range: 'replace', userIds: 'u'.repeat(65) }, ['userIds:userIds']],
    ['a department by name', { range: 'replace', departmentIds: '研发部' }, ['departmentIds:departmentIds']],
    ['department zero', { range: 'replace', departmentIds: '0' }, ['departmentIds:departmentIds']],
    ['mistakes in a range that is left alone', { range: 'keep', departmentIds: 'x' }, []],
    [
      'everything at once',
      { name: '', capacity: 'x', floor: '' },
      ['name:nameMissing', 'capacity:capacity', 'floor:floorMissing'],
    ],
  ])('%s', (_case, part, expected) => {
    expect(judge(part)).toEqual(expected)
  })

  it('a position cannot be taken away: the call would leave it and look done', () => {
    const before = directoryEntries()[0]!
    expect(judge({ city: '', building: '', floor: '' }, { before })).toEqual(['city:placeStays'])
  })

  it('a room that never had a position may stay without one', () => {
    const before = directoryEntries().find(({ city }) => city === '')!
    expect(judge({ city: '', building: '', floor: '' }, { before })).toEqual([])
  })

  it('coordinates of a known building are not judged, for they are not sent', () => {
    expect(judge({ latitude: 'x', longitude: '' }, { isBuildingKnown: true })).toEqual([])
  })
})

describe('roomDraftOf', () => {
  it.each<[string, Partial<RoomForm>, Partial<RoomFormContext>]>([
    ['a plain room', {}, {}],
    [
      'a room with everything',
      {
        latitude: '30.2084',
        longitude: '120.212',
        range: 'replace',
        userIds: 'chenlu, wangbo',
        departmentIds: '1 7',
      },
      {},
    ],
    ['a room in a known building', { latitude: '30.2', longitude: 'x' }, { isBuildingKnown: true }],
  ])('what is sent for %s passes the core', (_case, part, context) => {
    const draft = roomDraftOf({ ...good, ...part }, { ...newRoom, ...context })
    expect(directoryRoomInput.safeParse(draft).success).toBe(true)
  })

  it('what passes here passes the core, and what the core refuses is refused here, at every limit', () => {
    const edges: Partial<RoomForm>[] = [
      { name: '会'.repeat(30) },
      { name: '会'.repeat(31) },
      { capacity: '100000' },
      { capacity: '100001' },
      { floor: '' },
      { city: 'c'.repeat(65) },
      { latitude: '30.2' },
      { latitude: '30,2', longitude: '120,2' },
      { range: 'replace', userIds: ids(1001, (n) => `u${n}`) },
      { range: 'replace', userIds: 'u'.repeat(65) },
    ]
    for (const edge of edges) {
      const isFine = judge(edge).length === 0
      expect([
        edge,
        directoryRoomInput.safeParse(roomDraftOf({ ...good, ...edge }, newRoom)).success,
      ]).toEqual([edge, isFine])
    }
  })

  it('a range left alone is null, a new one names everybody once', () => {
    expect(roomDraftOf(good, newRoom).range).toBeNull()
    const range = roomDraftOf(
      { ...good, range: 'replace', userIds: 'chenlu，wangbo\nchenlu', departmentIds: '7;7' },
      newRoom,
    ).range
    expect(range).toEqual({ userIds: ['chenlu', 'wangbo'], departmentIds: [7] })
  })

  it('editing a room without touching anything sends what it had', () => {
    const entry: DirectoryEntry = directoryEntries()[0]!
    const { vendorId: _id, needsApproval: _approval, ...had } = entry
    const sent = roomDraftOf(roomFormOf(entry), { before: entry, isBuildingKnown: false })
    expect(sent).toEqual({ ...had, range: null })
  })
})

describe('splitIds', () => {
  it.each([
    ['', []],
    ['chenlu', ['chenlu']],
    [' chenlu , wangbo ;lixiang\n\nzhou　min、he ', ['chenlu', 'wangbo', 'lixiang', 'zhou', 'min', 'he']],
    ['１２，１３', ['12', '13']],
  ])('%j', (text, expected) => {
    expect(splitIds(text)).toEqual(expected)
  })
})
