import { ScriptFailure } from './commandLine.mjs'
import { forgetBuild, isFresh, rememberBuild } from './freshness.mjs'
import { withProgress } from './progress.mjs'
import { inProject } from './projectRoot.mjs'
import { runNode } from './runProgram.mjs'

const shared = ['src/shared', 'package.json', 'package-lock.json', 'tsconfig.base.json']
const vite = inProject('node_modules', 'vite', 'bin', 'vite.js')
const electronVite = inProject('node_modules', 'electron-vite', 'bin', 'electron-vite.js')

/** Everything that can be built, by name: what it is made of, what must exist after it, and how it is made. */
const builds = {
  node: {
    sources: [...shared, 'src/core', 'src/host', 'simulator', 'vite.node.config.ts'],
    results: ['out/node/host.js', 'out/node/simulator.js'],
    args: [vite, 'build', '--config', 'vite.node.config.ts', '--logLevel', 'warn'],
  },
  /** The screen with its gallery of states. It must never lie where the product is packed from. */
  demoScreen: {
    sources: [...shared, 'src/renderer', 'vite.renderer.config.ts'],
    results: ['out/demo-renderer/index.html'],
    args: [
      ...[vite, 'build', '--config', 'vite.renderer.config.ts', '--logLevel', 'warn'],
      ...['--outDir', inProject('out', 'demo-renderer'), '--emptyOutDir'],
    ],
    env: { VITE_DOORPLATE_GALLERY: '1' },
  },
  /** The Electron panel and the screen both hosts serve. */
  panel: {
    sources: [
      ...[...shared, 'src/core', 'src/main', 'src/preload', 'src/renderer'],
      ...['electron.vite.config.ts', 'vite.renderer.config.ts'],
    ],
    results: ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html'],
    args: [electronVite, 'build', '--logLevel', 'warn'],
  },
}

/** @typedef {keyof typeof builds} BuildName */

/**
 * Builds whether it is needed or not.
 * @param {BuildName} name
 * @param {{ write?: (text: string) => void }} options who receives the build's output
 * @returns {Promise<{ code: number, output: string }>}
 */
export async function build(name, options = {}) {
  const { args, env } = { env: {}, ...builds[name] }
  forgetBuild(name)
  const startedAtMs = Date.now()
  // Whoever starts us from a demo shell must not get a gallery into the product.
  const result = await runNode(args, { ...options, env: { VITE_DOORPLATE_GALLERY: '', ...env } })
  if (result.code === 0) rememberBuild(name, startedAtMs)
  return result
}

/**
 * Builds what is missing or older than its sources.
 * @param {...BuildName} names
 */
export async function ensureBuilt(...names) {
  for (const name of names) {
    if (isFresh({ name, ...builds[name] })) continue
    const { code } = await withProgress(`building ${name}`, () => build(name))
    if (code !== 0) throw new ScriptFailure(`the build of ${name} failed; its own message is above.`)
  }
}
