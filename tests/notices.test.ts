import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readRepositoryFile, repositoryFiles } from './repositoryFiles.ts'

const lock = z
  .object({ packages: z.record(z.string(), z.object({ license: z.string().optional() }).loose()) })
  .parse(JSON.parse(readRepositoryFile('package-lock.json')))

/** Packages named in NOTICE, by the heading they stand under. */
const named = readRepositoryFile('NOTICE')
  .split(/^== (.+) ==$/m)
  .slice(1)
  .flatMap((part, index, parts) =>
    index % 2 === 1
      ? [...part.matchAll(/^([^\s:]+): copyright .+$/gim)].map(([, name = '']) => ({
          name,
          license: parts[index - 1] ?? '',
        }))
      : [],
  )

/** Electron comes with its own notices; types leave nothing in a bundle. */
const bundled = new Set(
  repositoryFiles('.ts', '.vue')
    .filter((file) => file.startsWith('src/') && !/\.test\.ts$|\/testing\//.test(file))
    .flatMap((file) => [
      ...readRepositoryFile(file).matchAll(/^import (?!type )[^'"]*['"]((?:@[\w.-]+\/)?[\w-][\w.-]*)['"/]/gm),
    ])
    .map(([, name = '']) => name)
    .filter((name) => name !== 'electron'),
)

describe('NOTICE', () => {
  // Whoever hands the program on must hand these on with it.
  it.each([...bundled])('names %s, whose code the program contains', (name) => {
    expect(named.map((one) => one.name)).toContain(name)
  })

  it('puts every package under the licence it has', () => {
    expect(named.length).toBeGreaterThan(bundled.size)
    expect(
      named.filter(({ name, license }) => lock.packages[`node_modules/${name}`]?.license !== license),
    ).toEqual([])
  })
})
