import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { platforms } from '../src/shared/domain/platform.ts'
import { accountSchema } from '../src/shared/settings/schema.ts'
import { readRepositoryFile, root } from './repositoryFiles.ts'

/** The platforms an account can be set up for: what the settings accept decides. */
const offered = accountSchema.options.map((option) => option.shape.platform.value)

const foldersIn = (path: string): readonly string[] =>
  readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)

/** A place that must know every offered platform, and how to see that it does. */
const places: Readonly<Record<string, (platform: string) => boolean>> = {
  'the domain names it': (platform) => (platforms as readonly string[]).includes(platform),
  'a provider folder holds it': (platform) =>
    existsSync(join(root, `src/core/providers/${platform}/index.ts`)),
  'its provider says what was left out and why': (platform) =>
    existsSync(join(root, `src/core/providers/${platform}/README.md`)),
  'the registry builds it': (platform) =>
    readRepositoryFile('src/core/providers/registry.ts').includes(`case '${platform}':`),
  'its secrets are named': (platform) =>
    readRepositoryFile('src/core/settings/secretNames.ts').includes(`${platform}.`),
  'the settings screen has a form for it': (platform) =>
    new RegExp(`^ {2}${platform}: `, 'm').test(
      readRepositoryFile('src/renderer/src/components/settings/platforms/registry.ts'),
    ),
  'the demo can show it': (platform) =>
    new RegExp(`^ {2}${platform}: `, 'm').test(readRepositoryFile('scripts/lib/demoSettings.mjs')),
  'the end-to-end specs run against it': (platform) =>
    new RegExp(`^ {2}${platform}: `, 'm').test(readRepositoryFile('e2e/fixtures/testPlatforms.ts')),
  'the simulator answers for it': (platform) => existsSync(join(root, `simulator/platforms/${platform}`)),
  'the settings page explains it': (platform) =>
    readRepositoryFile('docs/settings.md').includes(`"platform": "${platform}"`),
  'the README shows how to connect it': (platform) =>
    readRepositoryFile('README.md').toLowerCase().includes(platform),
}

describe.each(offered)('%s', (platform) => {
  // A platform that is known in five of six places fails on the sixth, at a customer's door.
  it.each(Object.keys(places))('%s', (place) => {
    expect(places[place]?.(platform)).toBe(true)
  })
})

it('no provider exists that nobody can choose', () => {
  const known = new Set<string>(platforms)
  const built = foldersIn('src/core/providers').filter((name) => known.has(name))
  expect(built.filter((name) => !(offered as readonly string[]).includes(name))).toEqual([])
})
