import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findJsonFault } from './findJsonFault.ts'

describe('findJsonFault', () => {
  it.each([
    ['a comma too many', '{\n  "a": 1,\n}', 2, 9, 'must have no comma'],
    ['a comma too few', '{\n  "a": 1\n  "b": 2\n}', 3, 3, 'expected "," or "}"'],
    ['a comment', '{\n  // the room\n  "a": 1}', 2, 3, 'no comments'],
    ['single quotes', "{'a': 1}", 1, 2, 'texts stand in double quotes'],
    ['a single-quoted text', '{"a": \'b\'}', 1, 7, 'texts stand in double quotes'],
    ['an unquoted name', '{a: 1}', 1, 2, 'field name in double quotes'],
    ['a cut-off file', '{"a": [1, 2', 1, 12, 'the file ends here'],
    ['an empty file', '', 1, 1, 'the file ends here'],
    ['an open text', '{"a": "b\n}', 1, 7, 'does not end on its line'],
    ['a second value', '{}\n{}', 2, 1, 'nothing may follow'],
    ['a wrong word', '{"a": yes}', 1, 7, 'expected a value'],
  ])('finds %s', (_case, text, line, column, problem) => {
    expect(findJsonFault(text)).toMatchObject({ line, column })
    expect(findJsonFault(text)?.problem).toContain(problem)
  })

  it('finds nothing in JSON, however it is laid out', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 2, '\t'), (json, indent) => {
        expect(findJsonFault(JSON.stringify(JSON.parse(json), null, indent))).toBeNull()
      }),
    )
  })

  it('finds something in everything the engine refuses, never beyond the text', () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', ',', '"', '}', 'x', '\u0001'),
        (json, place, patch) => {
          const at = place % (json.length + 1)
          const text = json.slice(0, at) + patch + json.slice(at + 1)
          let isJson = true
          try {
            JSON.parse(text)
          } catch {
            isJson = false
          }
          expect(findJsonFault(text) === null).toBe(isJson)
        },
      ),
      { numRuns: 2000 },
    )
  })
})
