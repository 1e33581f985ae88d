import { describe, expect, it } from 'vitest'
import { remediedFields, remedyFor } from './settingsRemedies.ts'
import { settingsFields } from './testing/settingsFields.ts'

describe('remedies', () => {
  // A field that came later without a remedy would send the operator to a document instead of an answer.
  it('stand for every field of the schema, and for nothing else', () => {
    const paths = new Set(settingsFields().map(({ path }) => path))
    expect([...remediedFields].sort()).toEqual(['', ...paths].sort())
  })

  it('are found for a field of any room', () => {
    expect(remedyFor('rooms.12.source.officeRoomId')).toBe(remedyFor('rooms.0.source.officeRoomId'))
    expect(remedyFor('rooms.12.source.officeRoomId')).toContain('meetingroom_id')
  })

  it('send a misplaced secret where it belongs', () => {
    expect(remedyFor('account.corpSecret')).toContain('--secrets')
    expect(remedyFor('rooms.0.colour')).toContain('docs/settings.md')
  })
})
