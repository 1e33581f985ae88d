import { defineConfig } from 'electron-vite'
import { resolve } from 'node:path'
import type { Plugin } from 'vite'
import { rendererConfig } from './vite.renderer.config.ts'

/**
 * electron-vite adds its own Chromium to the list of targets and the compiler refuses the double; the pages must also run in
 * the browsers that the Node host serves.
 */
const sharedTarget = (): Plugin => ({
  name: 'doorplate:shared-target',
  config: (config) => {
    config.build = { ...config.build, target: rendererConfig.build.target }
  },
})

const at = (path: string): string => resolve(import.meta.dirname, path)

/**
 * Leaves out the JSON-schema validator inside electron-store: it is only built when a schema is given, ours are zod's, and reading it
 * costs a fifth of the time until the window opens.
 */
const withoutUnusedValidator = (): Plugin => ({
  name: 'doorplate:without-unused-validator',
  enforce: 'pre',
  resolveId: (id) => (/^ajv(?:-formats)?(?:\/|$)/.test(id) ? '\0unused-validator' : null),
  load: (id) =>
    id === '\0unused-validator'
      ? "export class Ajv2020 { constructor() { throw new Error('left out of the build') } }\nexport default {}"
      : null,
})

/**
 * Three bundles: main as one ES module and the preload as one CommonJS file (a sandboxed preload can load nothing else), both with
 * everything but Electron inside, so that the package needs no node_modules; and the pages both hosts serve.
 */
export default defineConfig({
  main: {
    plugins: [withoutUnusedValidator()],
    build: {
      outDir: 'out/main',
      externalizeDeps: false,
      minify: false,
      sourcemap: 'hidden',
      lib: { entry: at('src/main/index.ts'), formats: ['es'], fileName: () => 'index.js' },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      minify: false,
      lib: { entry: at('src/preload/index.ts'), formats: ['cjs'], fileName: () => 'index.cjs' },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  },
  renderer: {
    ...rendererConfig,
    plugins: [...rendererConfig.plugins, sharedTarget()],
  },
})
