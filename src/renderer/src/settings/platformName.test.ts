import { expect, it } from 'vitest'
import { platformName } from './platformName.ts'
import { roomChoices } from './testing/createFakeAdmin.ts'

const source = { officeRoomId: 13, isSoleBooker: false }
const known = { listed: roomChoices(), rooms: [{ id: 'duanqiao', name: 'duanqiao' }] }

it.each([
  ['the list, which beats an address shown as a name', { id: 'duanqiao', source }, known, '断桥'],
  ['the rooms at work', { id: 'a', source }, { listed: [], rooms: [{ id: 'a', name: '断桥' }] }, '断桥'],
  ['nobody', { id: 'a', source: { officeRoomId: 99, isSoleBooker: false } }, known, 'a'],
  // Flags of two sources are alike, and bind nothing.
  ['no id at all', { id: 'new', source: { isSoleBooker: false } }, known, 'new'],
])('takes the name from %s', (_case, room, names, name) => {
  expect(platformName(room, 'wecom', names)).toBe(name)
})
