import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMemoryFs } from '../testing/memoryFs.ts'
import { writeFileAtomically } from './writeFileAtomically.ts'

const path = '/state/journal.json'

describe('writeFileAtomically', () => {
  it.each(['ENOSPC', 'EROFS'])('reports %s and leaves the old text alone', async (code) => {
    const fs = createMemoryFs({ [path]: 'old' })
    fs.failWith(code)
    await expect(writeFileAtomically(path, 'new', fs)).rejects.toMatchObject({ code })
    fs.restart()
    expect(fs.files.get(path)).toBe('old')
  })

  it('leaves the old or the new text, whole, wherever the power is cut', async () => {
    const cut = fc.record({
      at: fc.integer({ min: 1, max: 8 }),
      keep: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.string(), cut, async (before, after, { at, keep }) => {
        const fs = createMemoryFs({ [path]: before })
        fs.cutAfter(at, keep)
        const isConfirmed = await writeFileAtomically(path, after, fs).then(
          () => true,
          () => false,
        )
        fs.restart()
        expect([before, after]).toContain(fs.files.get(path))
        if (isConfirmed) expect(fs.files.get(path)).toBe(after)
        // The next write must not stumble over what the cut left behind.
        await writeFileAtomically(path, 'next', fs)
        expect(Object.fromEntries(fs.files)).toEqual({ [path]: 'next' })
      }),
      { numRuns: 1000 },
    )
  })
})
