// @vitest-environment node
import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

const root = resolve('src/renderer/src')
const files = ['components/settings', 'components/keyboard'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.vue'))
    .map((file) => readFileSync(join(root, folder, file), 'utf8')),
)
const source = [...files, readFileSync(join(root, 'views/SettingsView.vue'), 'utf8')].join('\n')
const named = new Set(
  [...source.matchAll(/(?<![:\w-])(?:data-)?testid="([\w-]+)"/g)].map((match) => match[1]!),
)
const document = readFileSync(resolve('docs/screen-hooks.md'), 'utf8')
const display = document.slice(0, document.indexOf('\n## Settings\n'))
const told = new Set(
  [...document.slice(display.length).matchAll(/`([a-z][\w-]*)`/gi)].map((match) => match[1]!),
)

it('every hook of the settings stands in the document: others rely on it', () => {
  expect(named.size).toBeGreaterThan(100)
  expect([...named].filter((id) => !told.has(id)).sort()).toEqual([])
})

it('none is called as one of the display, which stays in the document under the settings', () => {
  const displayed = new Set([...display.matchAll(/`([a-z][\w-]*)`/g)].map((match) => match[1]!))
  const roots = new Set(['settings'])
  expect([...named].filter((id) => displayed.has(id) && !roots.has(id))).toEqual([])
})
