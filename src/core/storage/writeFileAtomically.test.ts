import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMemoryFs } from '../testing/memoryFs.ts'
import { anyPowerCut } from '../testing/anyPowerCut.ts'
import { writeFileAtomically } from './writeFileAtomically.ts'

const path = '/state/journal.json'

describe('writeFileAtomically', () => {
  it.each(['ENOSPC', 'EROFS'])('reports %s and leaves the old text alone', async (code) => {
    const fs = createMemoryFs({ [path]: 'old' })
    fs.failWith(code)
    await expect(writeFileAtomically(path, 'new', fs)).rejects.toMatchObject({ code })
    expect(Object.fromEntries(fs.files)).toEqual({ [path]: 'old' })
  })

  it.each([['write'], ['sync'], ['rename']] as const)(
    'leaves nothing behind that would fill the disk further when its %s fails',
    async (operation) => {
      const fs = createMemoryFs({ [path]: 'old' })
      fs.failWith('ENOSPC', [operation])
      await expect(writeFileAtomically(path, 'new', fs)).rejects.toMatchObject({ code: 'ENOSPC' })
      expect(Object.fromEntries(fs.files)).toEqual({ [path]: 'old' })
    },
  )

  it('is for the owner alone, also where a crash left a temporary file that everybody may read', async () => {
    const fs = createMemoryFs()
    fs.put(`${path}.tmp`, 'half', 0o644)
    await writeFileAtomically(path, 'new', fs)
    expect(fs.modeOf(path)).toBe(0o600)
  })

  it('what it confirmed is there after a cut, in a folder that was just made, too', async () => {
    const fs = createMemoryFs()
    await writeFileAtomically('/panel/data/state/a.json', 'first', fs)
    fs.restart()
    expect(Object.fromEntries(fs.files)).toEqual({ '/panel/data/state/a.json': 'first' })
  })

  it('leaves the old or the new text, whole, wherever the power is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.string(), anyPowerCut, async (before, after, { at, survival }) => {
        const fs = createMemoryFs({ [path]: before })
        fs.cutAfter(at)
        const isConfirmed = await writeFileAtomically(path, after, fs).then(
          () => !fs.isOff(),
          () => false,
        )
        fs.restart(survival)
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
