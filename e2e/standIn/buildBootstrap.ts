import { basename, join } from 'node:path'
import { build } from 'vite'

/** The tests and the benchmarks are started in the repository's folder. */
const root = process.cwd()

/** Where the bundles lie. */
export const bundleFolder = join(root, '.cache/e2e')

/** The half of the stand-in that runs in the app's own process. */
export const bootstrapFile = join(bundleFolder, 'bootstrap.mjs')
/** What is loaded into the real Electron's main process before the app. */
export const electronPreloadFile = join(bundleFolder, 'electronPreload.cjs')

/** Bundles one entry for a process of its own. @param file inside the folder of the other bundles */
export async function bundle(entry: string, file: string, format: 'es' | 'cjs'): Promise<void> {
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: {
      ssr: join(root, entry),
      outDir: bundleFolder,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { format, entryFileNames: basename(file), codeSplitting: false } },
    },
  })
}

/** Bundles what runs in processes of its own: plain Node reads no TypeScript. */
export async function buildBootstrap(): Promise<void> {
  await bundle('e2e/standIn/bootstrap.ts', bootstrapFile, 'es')
  await bundle('e2e/electron/preload.ts', electronPreloadFile, 'cjs')
}
