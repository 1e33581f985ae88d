import { mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

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

/** @returns the ids of the rules that fired as errors; a source that does not parse fails the test */
async function brokenRules(file: string, code: string): Promise<readonly string[]> {
  const [result] = await eslint.lintText(code, { filePath: join(root, file) })
  if (!result) throw new Error(`${file} is ignored by lint`)
  const fatal = result.messages.find((message) => message.fatal)
  if (fatal) throw new Error(fatal.message)
  return result.messages.filter(({ severity }) => severity === 2).map(({ ruleId }) => ruleId ?? '?')
}

const source = (file: string, line: string): string =>
  file.endsWith('.vue')
    ? `<script setup lang="ts">\n${line}\n</script>\n<template><div /></template>\n`
    : `${line}\n`

const PROBE = 'layerProbe.ts'
const planted: { readonly file: string; readonly firstMade: string | undefined }[] = []

/** A rule about paths only judges imports that resolve, so every folder gets a file for the while. */
function plant(folder: string): void {
  const file = join(root, folder, PROBE)
  planted.push({ file, firstMade: mkdirSync(dirname(file), { recursive: true }) })
  writeFileSync(file, 'export const probe = 1\n')
}

/** Takes the file away again, and the folders made for it unless somebody has put something there. */
function unplant({ file, firstMade }: (typeof planted)[number]): void {
  rmSync(file, { force: true })
  for (let folder = dirname(file); firstMade && folder.startsWith(firstMade); folder = dirname(folder)) {
    if (readdirSync(folder).length > 0) return
    rmdirSync(folder)
  }
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

beforeAll(() => {
  for (const folder of Object.values(folders)) plant(folder)
})
afterAll(() => {
  for (const one of planted.reverse()) unplant(one)
})

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

function edges(table: Readonly<Partial<Record<Folder, readonly Folder[]>>>): [Folder, Folder][] {
  return Object.entries(table).flatMap(([from, targets]) =>
    targets.map((target): [Folder, Folder] => [from as Folder, target]),
  )
}

const edgeSource = (from: Folder, to: Folder, form: string): { file: string; code: string } => {
  const file = `${folders[from]}/probe.ts`
  const target = importOf(file, `${folders[to]}/${PROBE}`)
  return { file, code: `${form} { probe } from '${target}'\n` }
}

describe('edges between layers', () => {
  it.each(edges(forbidden))('%s may not import %s, not even a type', async (from, to) => {
    for (const form of ['import', 'import type', 'export']) {
      const { file, code } = edgeSource(from, to, form)
      expect(await brokenRules(file, code), code).toContain('import-x/no-restricted-paths')
    }
  })

  it.each(edges(allowed))('%s may import %s', async (from, to) => {
    const { file, code } = edgeSource(from, to, 'import')
    expect(await brokenRules(file, code), code).toEqual([])
  })

  it('a component is bound as its folder is', async () => {
    const file = `${folders.renderer}/Probe.vue`
    const line = `import { probe } from '${importOf(file, `${folders.core}/${PROBE}`)}'`
    expect(await brokenRules(file, source(file, line))).toContain('import-x/no-restricted-paths')
  })

  it('a test may reach for the fakes', async () => {
    const { code } = edgeSource('core', 'testing', 'import')
    expect(await brokenRules('src/core/probe.test.ts', code)).toEqual([])
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
  const cases = (which: 'yes' | 'no') =>
    packages.flatMap((one) => one[which].map((name): [string, string] => [one.file, name]))

  it.each(cases('no'))('%s may not import %s', async (file, name) => {
    const rules = await brokenRules(file, source(file, `import { probe } from '${name}'`))
    expect(rules).toContain('@typescript-eslint/no-restricted-imports')
  })

  it.each(cases('yes'))('%s may import %s', async (file, name) => {
    expect(await brokenRules(file, source(file, `import { probe } from '${name}'`))).toEqual([])
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
  it.each(lines)('%s: %s', async (file, line, rule) => {
    expect(await brokenRules(file, source(file, line))).toContain(rule)
  })

  it.each(allowedLines)('%s may say: %s', async (file, line) => {
    expect(await brokenRules(file, source(file, line))).toEqual([])
  })
})
