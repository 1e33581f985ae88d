import { describe, expect, it } from 'vitest'
import { chooseEntry } from './chooseEntry.ts'

const device = { hostName: 'Door-17.corp.example', serials: ['5CG1234XYZ', '8f2c'] }
const room = 'west-lake'

// A door that shows another room's bookings is worse than one that shows none.
describe('chooseEntry', () => {
  it.each<[string, readonly object[], unknown]>([
    ['the host name, whatever its case', [{ hostName: 'DOOR-17.CORP.example' }], { kind: 'one', index: 0 }],
    [
      'the host name without its domain',
      [{ hostName: 'x' }, { hostName: 'door-17' }],
      { kind: 'one', index: 1 },
    ],
    ['but not of another domain', [{ hostName: 'door-17.other.example' }], { kind: 'none' }],
    ['nor a beginning of it', [{ hostName: 'door-1' }], { kind: 'none' }],
    ['a serial number, whatever its case', [{ serial: '5cg1234xyz' }], { kind: 'one', index: 0 }],
    ['any of the serial numbers', [{ serial: '8F2C' }], { kind: 'one', index: 0 }],
    ['a serial number is no host name', [{ serial: 'door-17' }], { kind: 'none' }],
    [
      'two lines are no choice',
      [{ hostName: 'door-17' }, { serial: '8f2c' }],
      { kind: 'several', indices: [0, 1] },
    ],
  ])('%s', (_name, entries, expected) => {
    expect(
      chooseEntry(
        entries.map((entry) => ({ room, ...entry })),
        device,
      ),
    ).toEqual(expected)
  })
})
