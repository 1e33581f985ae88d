import { join } from 'node:path'
import type { Linter } from 'eslint'

/** Folders no other runtime may reach into; every layer refuses the ones it does not name as its own. */
const runtimes = [
  './src/core',
  './src/main',
  './src/preload',
  './src/renderer',
  './src/host',
  './simulator',
] as const

const except = (...allowed: readonly (typeof runtimes)[number][]): string[] =>
  runtimes.filter((folder) => !allowed.includes(folder))

interface Zone {
  readonly target: string
  readonly from: string | string[]
  readonly except?: string[]
}

/**
 * What each folder may not import from inside the repository. The list is the law of the layers;
 * `tests/layers.test.ts` breaks every edge of it on purpose and expects lint to object.
 */
export const zones: readonly Zone[] = [
  { target: './src/shared', from: except() },
  { target: './src/shared/domain', from: ['./src/shared/api', './src/shared/settings'] },
  { target: './src/core', from: except('./src/core') },
  // A provider answers questions; it knows nothing of who asks, how often, or what is stored.
  {
    target: './src/core/providers',
    from: './src/core',
    except: ['./providers', './ports', './async', './time'],
  },
  { target: './src/core/providers', from: './src/shared/api' },
  ...['wecom', 'dingtalk', 'feishu'].map((platform, _index, all) => ({
    target: `./src/core/providers/${platform}`,
    from: all.filter((other) => other !== platform).map((other) => `./src/core/providers/${other}`),
  })),
  { target: './src/main', from: except('./src/core', './src/main') },
  { target: './src/preload', from: except('./src/preload') },
  { target: './src/renderer', from: except('./src/renderer') },
  { target: './src/host', from: except('./src/core', './src/host') },
  // A misread document must not pass on both sides.
  { target: './simulator', from: './src' },
  // Specs and benchmarks see what a user sees; of the core only its outer side: ports, clock, exit codes.
  // Benchmarks may also play the core's own simulation of check-ins: it has no outer side.
  ...[
    { target: './e2e', plays: [] },
    { target: './bench', plays: ['./checkIn/testing', './booking/testing'] },
  ].flatMap(({ target, plays }) => [
    { target, from: './src/core', except: ['./ports', './clock', './Core.ts', ...plays] },
    { target, from: ['./src/main', './src/preload', './src/renderer'] },
  ]),
  // Fakes are for tests, whose files are not bound by this list.
  { target: './src', from: './src/**/testing/**' },
]

const zoneRule = (root: string): Linter.RuleEntry => [
  'error',
  {
    basePath: root,
    zones: zones.flatMap(({ target, from, except: allowed }) =>
      [from].flat().map((one) => ({
        target,
        from: one.includes('*') ? join(root, one) : one,
        ...(allowed ? { except: allowed } : {}),
      })),
    ),
  },
]

interface ImportPattern {
  readonly regex: string
  readonly message: string
  readonly allowTypeImports?: boolean
}

/** Refuses every package but the named ones; `node:` stands for all of Node. */
const onlyPackages = (...names: readonly string[]): ImportPattern => {
  const allowed = names.map((name) => (name === 'node:' ? name : `${name}(?:/|$)`)).join('|')
  return {
    regex: allowed === '' ? '^[^./]' : `^(?!${allowed})[^./]`,
    message: 'This layer may not import that package (CONTRIBUTING.md, layers).',
  }
}

const schemaTypesOnly: ImportPattern = {
  regex: 'shared/(?:api/(?:routes|snapshotSchema|adminInputs)|settings/schema)',
  message: 'Schemas carry zod: import their types only.',
  allowTypeImports: true,
}

const bridgeOnly: ImportPattern = {
  regex: 'shared/(?!api/bridge)',
  message: 'The preload forwards: of shared it needs the names of the bridge and types.',
  allowTypeImports: true,
}

const bridgeBehindApi: ImportPattern = {
  regex: 'shared/api/bridge',
  message: 'The bridge is spoken to in src/renderer/src/api only.',
  allowTypeImports: true,
}

const imports = (...patterns: readonly ImportPattern[]): Linter.RulesRecord => ({
  '@typescript-eslint/no-restricted-imports': ['error', { patterns: [...patterns] }],
})

interface Banned {
  readonly selector: string
  readonly message: string
}

/** `no-restricted-syntax` is one list per file: a later block replaces an earlier one, so each block names all it bans. */
const syntax = (...banned: readonly Banned[]): Linter.RulesRecord => ({
  'no-restricted-syntax': ['error', ...banned],
})

const dynamicPackages: Banned = {
  selector: 'ImportExpression[source.value=/^[^.]/]',
  message: 'Packages are imported statically, where the layer rules can see them.',
}

const ambient: readonly Banned[] = [
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: 'Time comes through the Clock port.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Time comes through the Clock port.',
  },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'Randomness comes through a port.',
  },
  {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: 'Only hosts read the environment.',
  },
]

const timers = ['setTimeout', 'setInterval', 'setImmediate', 'performance']

const portsOnly: Linter.RulesRecord = {
  ...syntax(dynamicPackages, ...ambient),
  'no-restricted-globals': [
    'error',
    ...timers.map((name) => ({ name, message: 'Time comes through the Clock port.' })),
  ],
}

const namedElectron: readonly Banned[] = ['ImportDefaultSpecifier', 'ImportNamespaceSpecifier'].map(
  (specifier) => ({
    selector: `ImportDeclaration[source.value=/^electron(?:\\u002fmain)?$/] ${specifier}`,
    message: 'Electron is imported by name, so that what the app uses of it can be read.',
  }),
)

const ipcMainOutsideIpc: Banned = {
  selector: "ImportDeclaration[source.value=/^electron/] ImportSpecifier[imported.name='ipcMain']",
  message: 'ipcMain belongs to src/main/ipc.',
}

const bridgeOnWindow: readonly Banned[] = ['name', 'value'].map((key) => ({
  selector: `MemberExpression[object.name=/^(?:window|globalThis|self)$/][property.${key}='doorplate']`,
  message: 'The bridge is spoken to in src/renderer/src/api only.',
}))

const renderer = ['src/renderer/**/*.ts', 'src/renderer/**/*.vue']
const rendererPackages = onlyPackages('vue', 'pinia', 'vue-i18n', 'dayjs', 'uqr')
const mainPackages = ['electron', 'electron-store', 'electron-log', 'zod', 'node:'] as const

/**
 * The layers as lint rules: import zones, an allow-list of packages per layer, and the globals a layer must not touch.
 * @param root absolute path of the repository
 */
export const layers = (root: string): Linter.Config[] => [
  {
    files: ['**/*.ts', '**/*.vue'],
    rules: { 'import-x/no-restricted-paths': zoneRule(root) },
  },
  { files: ['src/shared/**/*.ts'], rules: { ...portsOnly, ...imports(onlyPackages()) } },
  { files: ['src/shared/{api,settings}/**/*.ts'], rules: imports(onlyPackages('zod')) },
  { files: ['src/core/**/*.ts'], rules: { ...portsOnly, ...imports(onlyPackages('zod', 'dayjs', 'node:')) } },
  {
    files: ['src/core/provisioning/drawCode.ts'],
    rules: imports(onlyPackages('uqr')),
  },
  {
    files: ['src/core/providers/http/**/*.ts'],
    rules: imports(onlyPackages('axios', 'zod', 'dayjs', 'node:')),
  },
  {
    files: ['src/core/clock/systemClock.ts'],
    rules: { 'no-restricted-syntax': 'off', 'no-restricted-globals': 'off' },
  },
  {
    files: ['src/main/**/*.ts'],
    rules: {
      ...syntax(dynamicPackages, ...namedElectron, ipcMainOutsideIpc),
      ...imports(onlyPackages(...mainPackages)),
    },
  },
  { files: ['src/main/ipc/**/*.ts'], rules: syntax(dynamicPackages, ...namedElectron) },
  {
    files: ['src/preload/**/*.ts'],
    rules: { ...syntax(dynamicPackages), ...imports(onlyPackages('electron'), bridgeOnly) },
  },
  {
    files: renderer,
    rules: {
      ...syntax(dynamicPackages, ...bridgeOnWindow),
      ...imports(rendererPackages, schemaTypesOnly, bridgeBehindApi),
      'no-restricted-globals': ['error', 'require', 'process'],
    },
  },
  {
    files: ['src/renderer/src/api/**/*.ts'],
    rules: { ...syntax(dynamicPackages), ...imports(rendererPackages, schemaTypesOnly) },
  },
  {
    files: ['src/host/**/*.ts'],
    rules: {
      ...syntax(dynamicPackages),
      ...imports(onlyPackages('fastify', '@fastify', 'conf', 'node:')),
    },
  },
  {
    files: ['simulator/**/*.ts'],
    rules: { ...syntax(dynamicPackages), ...imports(onlyPackages('fastify', '@fastify', 'node:')) },
  },
  {
    files: ['**/*.test.ts', '**/testing/**/*.ts', 'tests/**/*.ts', 'e2e/**/*.ts', 'bench/**/*.ts'],
    rules: {
      'no-restricted-syntax': 'off',
      'no-restricted-globals': 'off',
      '@typescript-eslint/no-restricted-imports': 'off',
    },
  },
  {
    files: ['src/**/*.test.ts', '**/testing/**/*.ts', 'tests/**/*.ts'],
    rules: { 'import-x/no-restricted-paths': 'off' },
  },
]
