import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readRepositoryFile, repositoryFiles } from './repositoryFiles.ts'

const versions = z.record(z.string(), z.string()).default({})
const manifest = z
  .object({ dependencies: versions, devDependencies: versions, scripts: versions })
  .parse(JSON.parse(readRepositoryFile('package.json')))
const lock = z
  .object({ packages: z.record(z.string(), z.object({ version: z.string().optional() }).loose()) })
  .parse(JSON.parse(readRepositoryFile('package-lock.json')))
const declared = { ...manifest.dependencies, ...manifest.devDependencies }

describe('package.json', () => {
  it.each(Object.entries(declared))('pins %s to an exact version (%s)', (_name, version) => {
    // A range lets tomorrow's fresh clone build something nobody has tested.
    expect(version).toMatch(/^\d+\.\d+\.\d+(?:-[\w.]+)?$/)
  })

  it.each(Object.entries(declared))('agrees with the lock file about %s', (name, version) => {
    expect(lock.packages[`node_modules/${name}`]?.version).toBe(version)
  })

  it('has no dependency the bundler would leave outside', () => {
    // Everything the app needs is bundled; a run-time dependency would drag node_modules into the installer.
    expect(manifest.dependencies).toEqual({})
  })

  it('has a file behind every script that runs one', () => {
    const files = Object.values(manifest.scripts).flatMap((line) => line.match(/scripts\/[\w.]+/g) ?? [])
    expect(files.length).toBeGreaterThan(5)
    expect(files.filter((file) => !repositoryFiles('.mjs').includes(file))).toEqual([])
  })
})

it('every imported package is declared', () => {
  const imported =
    /^\s*(?:import|export)\s(?:[^'"]*?\sfrom\s)?['"]((?:@[\w.-]+\/)?[\w-][\w.-]*)(?:\/[^'"]*)?['"]/gm
  const missing = repositoryFiles('.ts', '.vue', '.mjs')
    .flatMap((file) =>
      [...readRepositoryFile(file).matchAll(imported)].map(([, name]) => ({ file, name: name ?? '' })),
    )
    .filter(({ name }) => !Object.hasOwn(declared, name))
  expect(missing).toEqual([])
})
