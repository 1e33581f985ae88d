import js from '@eslint/js'
import vueI18n from '@intlify/eslint-plugin-vue-i18n'
import type { Linter } from 'eslint'
import { createNodeResolver, flatConfigs, importX } from 'eslint-plugin-import-x'
import vue from 'eslint-plugin-vue'
import globals from 'globals'
import tseslint from 'typescript-eslint'
import vueParser from 'vue-eslint-parser'

/**
 * What each folder may not import from inside the repository. The list is the law of design section 2;
 * `tests/layers.test.ts` breaks every line of it on purpose and expects this file to object.
 */
const zones = [
  {
    target: './src/shared',
    from: ['./src/core', './src/main', './src/preload', './src/renderer', './src/host', './simulator'],
  },
  {
    target: './src/core',
    from: ['./src/main', './src/preload', './src/renderer', './src/host', './simulator'],
  },
  {
    target: './src/core/providers',
    from: ['./src/core/site', './src/core/polling', './src/core/settings', './src/core/api'],
  },
  {
    target: './src/core/providers/wecom',
    from: ['./src/core/providers/dingtalk', './src/core/providers/feishu'],
  },
  {
    target: './src/core/providers/dingtalk',
    from: ['./src/core/providers/wecom', './src/core/providers/feishu'],
  },
  {
    target: './src/core/providers/feishu',
    from: ['./src/core/providers/wecom', './src/core/providers/dingtalk'],
  },
  { target: './src/main', from: ['./src/renderer', './src/host', './src/preload', './simulator'] },
  {
    target: './src/preload',
    from: ['./src/core', './src/main', './src/renderer', './src/host', './simulator'],
  },
  {
    target: './src/renderer',
    from: ['./src/core', './src/main', './src/preload', './src/host', './simulator'],
  },
  { target: './src/host', from: ['./src/main', './src/preload', './src/renderer', './simulator'] },
  { target: './simulator', from: ['./src'] },
]

/** Packages a layer must not reach for; the pattern form also covers their sub-paths. */
const banned = (...groups: string[][]) => ({
  '@typescript-eslint/no-restricted-imports': [
    'error',
    {
      patterns: groups.map((group) => ({
        group,
        message: 'This layer may not import it (CONTRIBUTING.md, layers).',
      })),
    },
  ] satisfies Linter.RuleEntry,
})

const electronLibraries = ['electron', 'electron/*', 'electron-store', 'electron-log', 'electron-log/*']
const uiLibraries = ['vue', 'pinia', 'vue-i18n']
const serverLibraries = ['fastify', '@fastify/*', 'conf']
const nodeBuiltins = ['node:*', 'fs', 'path', 'os', 'http', 'https', 'crypto', 'stream', 'url', 'util']

const clockRules = {
  'no-restricted-syntax': [
    'error',
    {
      selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
      message: 'Time comes through the Clock port.',
    },
    {
      selector: "NewExpression[callee.name='Date'][arguments.length=0]",
      message: 'Time comes through the Clock port.',
    },
    {
      selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
      message: 'Randomness comes through a port.',
    },
    {
      selector: "MemberExpression[object.name='process'][property.name='env']",
      message: 'Only hosts read the environment.',
    },
  ],
  'no-restricted-globals': [
    'error',
    ...['setTimeout', 'setInterval', 'setImmediate', 'performance'].map((name) => ({
      name,
      message: 'Time comes through the Clock port.',
    })),
  ],
} satisfies Linter.RulesRecord

export default tseslint.config(
  {
    ignores: ['out/**', 'dist/**', 'node_modules/**', 'test-results/**', 'playwright-report/**', '.cache/**'],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.vue'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.*.json'],
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
      },
    },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.vue', '.js', '.json'] })],
    },
    rules: {
      ...flatConfigs.typescript.rules,
      'import-x/no-restricted-paths': [
        'error',
        {
          basePath: import.meta.dirname,
          zones: zones.flatMap(({ target, from }) => from.map((one) => ({ target, from: one }))),
        },
      ],
      'import-x/no-cycle': ['error', { maxDepth: 6 }],
      'no-restricted-exports': [
        'error',
        {
          restrictDefaultExports: {
            direct: true,
            named: true,
            defaultFrom: true,
            namedFrom: true,
            namespaceFrom: true,
          },
        },
      ],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
    },
  },
  {
    files: ['src/shared/**/*.ts'],
    rules: {
      ...clockRules,
      ...banned(electronLibraries, uiLibraries, serverLibraries, nodeBuiltins, ['axios', 'dayjs', 'dayjs/*']),
    },
  },
  {
    files: ['src/shared/domain/**/*.ts'],
    rules: banned(electronLibraries, uiLibraries, serverLibraries, nodeBuiltins, [
      'axios',
      'dayjs',
      'dayjs/*',
      'zod',
      'zod/*',
    ]),
  },
  {
    files: ['src/core/**/*.ts'],
    rules: { ...clockRules, ...banned(electronLibraries, uiLibraries, serverLibraries) },
  },
  {
    files: ['src/core/**/*.ts'],
    ignores: ['src/core/providers/http/**'],
    rules: banned(electronLibraries, uiLibraries, serverLibraries, ['axios']),
  },
  {
    files: ['src/core/clock/systemClock.ts'],
    rules: { 'no-restricted-syntax': 'off', 'no-restricted-globals': 'off' },
  },
  { files: ['src/main/**/*.ts'], rules: banned(uiLibraries, ['fastify', '@fastify/*']) },
  {
    files: ['src/main/**/*.ts'],
    ignores: ['src/main/ipc/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "ImportDeclaration[source.value='electron'] ImportSpecifier[imported.name='ipcMain']",
          message: 'ipcMain belongs to src/main/ipc.',
        },
      ],
    },
  },
  {
    files: ['src/preload/**/*.ts'],
    rules: banned(uiLibraries, serverLibraries, nodeBuiltins, [
      'axios',
      'zod',
      'zod/*',
      'electron-store',
      'electron-log',
    ]),
  },
  { files: ['src/host/**/*.ts'], rules: banned(electronLibraries, uiLibraries) },
  { files: ['simulator/**/*.ts'], rules: banned(electronLibraries, uiLibraries, ['axios', 'zod', 'conf']) },
  {
    files: ['src/renderer/**/*.ts', 'src/renderer/**/*.vue'],
    extends: [vue.configs['flat/recommended']],
    languageOptions: {
      parser: vueParser,
      parserOptions: { parser: tseslint.parser },
      globals: globals.browser,
    },
    plugins: { '@intlify/vue-i18n': vueI18n },
    settings: {
      'vue-i18n': { localeDir: './src/renderer/src/i18n/locales/*.json', messageSyntaxVersion: '^11.0.0' },
    },
    rules: {
      ...banned(electronLibraries, serverLibraries, nodeBuiltins, ['axios', 'zod', 'zod/*']),
      'no-restricted-globals': ['error', 'require', 'process'],
      '@intlify/vue-i18n/no-raw-text': ['error', { ignorePattern: '^[-–·:/%\\s+]+$' }],
      '@intlify/vue-i18n/no-missing-keys': 'error',
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/define-macros-order': 'error',
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/no-unused-properties': 'error',
      // Prettier owns the shape of the template.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
    },
  },
  {
    files: ['src/renderer/**/*.ts', 'src/renderer/**/*.vue'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            ...[electronLibraries, serverLibraries, nodeBuiltins, ['axios', 'zod', 'zod/*']].map((group) => ({
              group,
              message: 'This layer may not import it (CONTRIBUTING.md, layers).',
            })),
            {
              group: ['**/shared/api/routes*', '**/shared/settings/schema*'],
              message: 'Schemas carry zod: import their types only.',
              allowTypeImports: true,
            },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.test.ts', '**/testing/**/*.ts', 'tests/**/*.ts', 'e2e/**/*.ts', 'bench/**/*.ts'],
    rules: {
      'no-restricted-syntax': 'off',
      'no-restricted-globals': 'off',
      'max-lines': 'off',
      'import-x/no-restricted-paths': 'off',
      '@typescript-eslint/no-restricted-imports': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-assertions': 'off',
    },
  },
  { files: ['*.config.ts', '**/*.vue'], rules: { 'no-restricted-exports': 'off' } },
  { files: ['scripts/**/*.mjs'], languageOptions: { globals: globals.node } },
)
