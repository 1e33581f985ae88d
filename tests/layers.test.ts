import { readdirSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { describe, expect, it } from 'vitest'

/**
 * Breaks every layer rule on purpose and expects the real lint configuration to object. The bug it would catch: a rule
 * that is written down and does nothing, because a later block of the configuration replaced it or its path is wrong.
 */
const root = join(import.meta.dirname, '..')

const layerRules = [
  'import-x/no-restricted-paths',
  '@typescript-eslint/no-restricted-imports',
  'no-restricted-syntax',
  'no-restricted-globals',
] as const
type LayerRule = (typeof layerRules)[number]

// The sources are made up and in no TypeScript program, so the rules that need types are left out.
const eslint = new ESLint({
  cwd: root,
  overrideConfig: [tseslint.configs.disableTypeChecked],
  ruleFilter: ({ ruleId }) => (layerRules as readonly string[]).includes(ruleId),
})

/**
 * Lints a made-up file of these lines.
 * @returns for each line the ids of the rules that fired on it as errors; a source that does not parse fails the test
 */
async function brokenRules(file: string, lines: readonly string[]): Promise<readonly (readonly string[])[]> {
  const isComponent = file.endsWith('.vue')
  const script = lines.join('\n')
  const code = isComponent
    ? `<script setup lang="ts">\n${script}\n</script>\n<template><div /></template>\n`
    : `${script}\n`
  const [result] = await eslint.lintText(code, { filePath: join(root, file) })
  if (!result) throw new Error(`${file} is ignored by lint`)
  const fatal = result.messages.find((message) => message.fatal)
  if (fatal) throw new Error(fatal.message)
  const first = isComponent ? 2 : 1
  return lines.map((_line, index) =>
    result.messages
      .filter(({ severity, line }) => severity === 2 && line === first + index)
      .map(({ ruleId }) => ruleId ?? '?'),
  )
}

/** Lines on which this rule did not fire; for null, on which any rule did. */
async function faulty(
  file: string,
  lines: readonly string[],
  rule: LayerRule | null,
): Promise<readonly string[]> {
  const broken = await brokenRules(file, lines)
  return lines.filter((_line, index) => {
    const rules = broken[index] ?? []
    return rule === null ? rules.length > 0 : !rules.includes(rule)
  })
}

/** A rule about paths only judges imports that resolve: some file of the folder, its own before those of its folders. */
function anyFileOf(folder: string): string {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
  const own = names
    .filter((name) => name.endsWith('.ts') && !name.includes('.test.') && !name.endsWith('.d.ts'))
    .sort((one, other) => one.split(sep).length - other.split(sep).length || (one < other ? -1 : 1))
  return own[0] ?? expect.fail(`${folder} has no file`)
}

function importOf(from: string, file: string): string {
  const path = relative(dirname(join(root, from)), join(root, file))
    .split(sep)
    .join('/')
  return path.startsWith('.') ? path : `./${path}`
}

/** Every folder that takes part in an edge. */
const folders = {
  shared: 'src/shared',
  domain: 'src/shared/domain',
  api: 'src/shared/api',
  settings: 'src/shared/settings',
  core: 'src/core',
  ports: 'src/core/ports',
  clock: 'src/core/clock',
  site: 'src/core/site',
  polling: 'src/core/polling',
  coreSettings: 'src/core/settings',
  checkIn: 'src/core/checkIn',
  testing: 'src/core/testing',
  providers: 'src/core/providers',
  wecom: 'src/core/providers/wecom',
  dingtalk: 'src/core/providers/dingtalk',
  feishu: 'src/core/providers/feishu',
  main: 'src/main',
  preload: 'src/preload',
  renderer: 'src/renderer/src',
  host: 'src/host',
  simulator: 'simulator',
  e2e: 'e2e',
  bench: 'bench',
} as const
type Folder = keyof typeof folders

/** Who may not import whom: one entry per forbidden edge. */
const forbidden: Readonly<Partial<Record<Folder, readonly Folder[]>>> = {
  shared: ['core', 'main', 'preload', 'renderer', 'host', 'simulator'],
  domain: ['api', 'settings', 'core'],
  core: ['main', 'preload', 'renderer', 'host', 'simulator', 'testing'],
  providers: ['site', 'polling', 'coreSettings', 'checkIn', 'core', 'api', 'simulator'],
  wecom: ['dingtalk', 'feishu', 'site', 'polling', 'coreSettings', 'checkIn', 'api'],
  dingtalk: ['wecom', 'feishu', 'site'],
  feishu: ['wecom', 'dingtalk', 'site'],
  main: ['renderer', 'host', 'preload', 'simulator', 'testing'],
  preload: ['core', 'main', 'renderer', 'host', 'simulator'],
  renderer: ['core', 'main', 'preload', 'host', 'simulator'],
  host: ['main', 'preload', 'renderer', 'simulator', 'testing'],
  simulator: ['shared', 'domain', 'api', 'core', 'main', 'preload', 'renderer', 'host'],
  e2e: ['site', 'providers', 'main', 'preload', 'renderer'],
  bench: ['site', 'providers', 'main', 'preload', 'renderer'],
}

/** And who must be able to: a rule that refuses everything would pass every test above. */
const allowed: Readonly<Partial<Record<Folder, readonly Folder[]>>> = {
  domain: ['domain'],
  api: ['domain', 'settings'],
  settings: ['domain'],
  core: ['shared', 'domain', 'api', 'settings', 'ports', 'providers', 'wecom'],
  site: ['providers', 'polling', 'domain'],
  providers: ['domain', 'ports', 'wecom', 'dingtalk', 'feishu'],
  wecom: ['providers', 'domain', 'ports', 'settings'],
  main: ['core', 'clock', 'domain', 'api'],
  preload: ['preload'],
  renderer: ['domain', 'renderer'],
  host: ['core', 'clock', 'domain', 'api', 'settings'],
  simulator: ['simulator'],
  e2e: ['simulator', 'host', 'domain', 'ports', 'clock'],
  bench: ['simulator', 'host', 'e2e', 'domain'],
}

type Edges = Readonly<Partial<Record<Folder, readonly Folder[]>>>
const rowsOf = (table: Edges): [Folder, readonly Folder[]][] =>
  (Object.keys(table) as Folder[]).map((from) => [from, table[from] ?? []])

const targetOf = (file: string, to: Folder): string =>
  importOf(file, `${folders[to]}/${anyFileOf(folders[to])}`)

describe('edges between layers', () => {
  it.each(rowsOf(forbidden))('%s may not import %s, not even a type', async (from, targets) => {
    const file = `${folders[from]}/probe.ts`
    const lines = targets.flatMap((to) =>
      ['import', 'import type', 'export'].map((form) => `${form} { probe } from '${targetOf(file, to)}'`),
    )
    expect(await faulty(file, lines, 'import-x/no-restricted-paths')).toEqual([])
  })

  it.each(rowsOf(allowed))('%s may import %s', async (from, targets) => {
    const file = `${folders[from]}/probe.ts`
    const lines = targets.map((to) => `import { probe } from '${targetOf(file, to)}'`)
    expect(await faulty(file, lines, null)).toEqual([])
  })

  it('a component is bound as its folder is', async () => {
    const file = `${folders.renderer}/Probe.vue`
    const lines = [`import { probe } from '${targetOf(file, 'core')}'`]
    expect(await faulty(file, lines, 'import-x/no-restricted-paths')).toEqual([])
  })

  it('a test may reach for the fakes', async () => {
    const file = 'src/core/probe.test.ts'
    expect(await faulty(file, [`import { probe } from '${targetOf(file, 'testing')}'`], null)).toEqual([])
  })
})

/** Packages each folder may and may not import; names nobody uses stand for everything unheard of. */
const packages: readonly { file: string; yes: readonly string[]; no: readonly string[] }[] = [
  { file: 'src/shared/probe.ts', yes: [], no: ['zod', 'electron', 'vue', 'axios', 'dayjs', 'node:fs', 'fs'] },
  {
    file: 'src/shared/domain/probe.ts',
    yes: [],
    no: ['zod', 'zod/v4', 'vue', 'axios', 'dayjs', 'node:util'],
  },
  { file: 'src/shared/api/probe.ts', yes: ['zod'], no: ['electron', 'vue', 'axios', 'dayjs', 'node:fs'] },
  { file: 'src/shared/settings/probe.ts', yes: ['zod'], no: ['electron', 'vue', 'axios', 'node:fs', 'conf'] },
  {
    file: 'src/core/site/probe.ts',
    yes: ['zod', 'dayjs', 'dayjs/plugin/utc.js', 'node:crypto'],
    no: ['electron', 'electron/main', 'electron-log', 'vue', 'pinia', 'fastify', 'conf', 'axios', 'left-pad'],
  },
  {
    file: 'src/core/providers/wecom/probe.ts',
    yes: ['zod', 'node:crypto'],
    no: ['axios', 'electron', 'vue', 'fastify'],
  },
  { file: 'src/core/providers/http/probe.ts', yes: ['axios', 'zod', 'node:https'], no: ['electron', 'vue'] },
  {
    file: 'src/main/probe.ts',
    yes: ['electron-store', 'electron-log/main', 'node:path'],
    no: ['vue', 'pinia', 'fastify', '@fastify/static', 'conf', 'axios'],
  },
  {
    file: 'src/preload/probe.ts',
    yes: ['electron', 'electron/renderer'],
    no: ['zod', 'node:fs', 'fs', 'electron-store', 'electron-log', 'vue', 'axios'],
  },
  {
    file: 'src/renderer/src/Probe.vue',
    yes: ['vue', 'pinia', 'vue-i18n', 'dayjs'],
    no: ['zod', 'axios', 'electron', 'electron/renderer', 'node:fs', 'path', 'fastify', 'conf'],
  },
  {
    file: 'src/renderer/src/probe.ts',
    yes: ['vue', 'pinia', 'vue-i18n'],
    no: ['zod', 'zod/mini', 'axios', 'electron', 'node:fs'],
  },
  {
    file: 'src/host/probe.ts',
    yes: ['fastify', '@fastify/static', 'conf', 'node:http'],
    no: ['electron', 'electron-store', 'electron-log', 'vue', 'axios'],
  },
  {
    file: 'simulator/probe.ts',
    yes: ['fastify', 'node:http'],
    no: ['electron', 'vue', 'axios', 'zod', 'conf'],
  },
]

describe('packages of a layer', () => {
  const linesOf = (names: readonly string[]) => names.map((name) => `import { probe } from '${name}'`)

  it.each(packages)('$file may not import $no', async ({ file, no }) => {
    expect(await faulty(file, linesOf(no), '@typescript-eslint/no-restricted-imports')).toEqual([])
  })

  it.each(packages)('$file may import $yes', async ({ file, yes }) => {
    expect(await faulty(file, linesOf(yes), null)).toEqual([])
  })
})

/** Single lines that are law elsewhere in the list: where, what, and the rule that must object. */
const lines: readonly [file: string, line: string, rule: LayerRule][] = [
  ['src/core/probe.ts', 'export const at = Date.now()', 'no-restricted-syntax'],
  ['src/core/probe.ts', 'export const read = Date.now', 'no-restricted-syntax'],
  ['src/core/probe.ts', 'export const at = new Date()', 'no-restricted-syntax'],
  ['src/core/probe.ts', 'export const chance = Math.random()', 'no-restricted-syntax'],
  ['src/core/probe.ts', 'export const port = process.env', 'no-restricted-syntax'],
  ['src/core/probe.ts', "export const late = import('electron')", 'no-restricted-syntax'],
  ['src/core/probe.ts', 'setTimeout(() => undefined, 1)', 'no-restricted-globals'],
  ['src/core/probe.ts', 'setInterval(() => undefined, 1)', 'no-restricted-globals'],
  ['src/core/probe.ts', 'export const at = performance.now()', 'no-restricted-globals'],
  ['src/core/providers/http/probe.ts', 'export const at = Date.now()', 'no-restricted-syntax'],
  ['src/core/providers/wecom/probe.ts', 'setTimeout(() => undefined, 1)', 'no-restricted-globals'],
  ['src/shared/domain/probe.ts', 'export const at = Date.now()', 'no-restricted-syntax'],
  ['src/shared/domain/probe.ts', 'setTimeout(() => undefined, 1)', 'no-restricted-globals'],
  ['src/shared/api/probe.ts', 'export const at = new Date()', 'no-restricted-syntax'],
  ['src/main/probe.ts', "import { app, ipcMain } from 'electron'", 'no-restricted-syntax'],
  ['src/main/probe.ts', "import { ipcMain as ipc } from 'electron/main'", 'no-restricted-syntax'],
  ['src/main/probe.ts', "import * as electron from 'electron'", 'no-restricted-syntax'],
  ['src/main/probe.ts', "import electron from 'electron'", 'no-restricted-syntax'],
  ['src/main/ipc/probe.ts', "import * as electron from 'electron'", 'no-restricted-syntax'],
  ['src/main/probe.ts', "export const late = import('fastify')", 'no-restricted-syntax'],
  ['src/renderer/src/probe.ts', 'window.doorplate.request()', 'no-restricted-syntax'],
  ['src/renderer/src/probe.ts', "globalThis['doorplate'].request()", 'no-restricted-syntax'],
  ['src/renderer/src/Probe.vue', 'window.doorplate.request()', 'no-restricted-syntax'],
  [
    'src/renderer/src/probe.ts',
    "import { BRIDGE_NAME } from '../../shared/api/bridge.ts'",
    '@typescript-eslint/no-restricted-imports',
  ],
  [
    'src/renderer/src/probe.ts',
    "import { routes } from '../../shared/api/routes.ts'",
    '@typescript-eslint/no-restricted-imports',
  ],
  [
    'src/renderer/src/probe.ts',
    "import { settingsSchema } from '../../shared/settings/schema.ts'",
    '@typescript-eslint/no-restricted-imports',
  ],
  [
    'src/renderer/src/api/probe.ts',
    "import { roomSnapshotSchema } from '../../../shared/api/snapshotSchema.ts'",
    '@typescript-eslint/no-restricted-imports',
  ],
  ['src/renderer/src/probe.ts', 'export const env = process.argv', 'no-restricted-globals'],
  ['src/renderer/src/probe.ts', "require('electron')", 'no-restricted-globals'],
  [
    'src/preload/probe.ts',
    "import { routes } from '../shared/api/routes.ts'",
    '@typescript-eslint/no-restricted-imports',
  ],
  ['simulator/probe.ts', "export const late = import('axios')", 'no-restricted-syntax'],
  ['src/host/probe.ts', "export const late = import('electron')", 'no-restricted-syntax'],
]

const allowedLines: readonly [file: string, line: string][] = [
  ['src/core/clock/systemClock.ts', 'export const at = Date.now()'],
  ['src/core/clock/systemClock.ts', 'setTimeout(() => undefined, 1)'],
  ['src/core/probe.ts', 'export const at = new Date(0)'],
  ['src/core/probe.test.ts', 'export const at = Date.now()'],
  ['src/main/probe.ts', "import { app } from 'electron'"],
  ['src/main/probe.ts', "import type { IpcMain } from 'electron'"],
  ['src/main/ipc/probe.ts', "import { ipcMain } from 'electron'"],
  ['src/host/probe.ts', 'export const port = process.env'],
  ['src/preload/probe.ts', "import { BRIDGE_NAME } from '../shared/api/bridge.ts'"],
  ['src/preload/probe.ts', "import type { RouteName } from '../shared/api/routes.ts'"],
  ['src/renderer/src/probe.ts', "import type { Routes } from '../../shared/api/routes.ts'"],
  ['src/renderer/src/probe.ts', "export const texts = import('./i18n/en-US.json')"],
  ['src/renderer/src/api/probe.ts', "import { BRIDGE_NAME } from '../../../shared/api/bridge.ts'"],
  ['src/renderer/src/api/probe.ts', 'window.doorplate.request()'],
]

describe('lines that are law in a layer', () => {
  it.each([...new Set(lines.map(([file]) => file))])('%s', async (path) => {
    const own = lines.filter(([file]) => file === path)
    const broken = await brokenRules(
      path,
      own.map(([, line]) => line),
    )
    for (const [index, [, line, rule]] of own.entries()) expect(broken[index], line).toContain(rule)
  })

  it.each([...new Set(allowedLines.map(([file]) => file))])('%s may say what it must', async (path) => {
    const own = allowedLines.filter(([file]) => file === path).map(([, line]) => line)
    expect(await faulty(path, own, null)).toEqual([])
  })
})
