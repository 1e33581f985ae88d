import { join } from 'node:path'
import { build } from 'vite'

/** The tests and the benchmarks are started in the repository's folder. */
const root = process.cwd()

/** Where {@link buildBootstrap} puts its file. */
export const bootstrapFile = join(root, '.cache/e2e/bootstrap.mjs')

/** Bundles the half of the stand-in that runs in the app's own process: plain Node reads no TypeScript. */
export async function buildBootstrap(): Promise<void> {
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: {
      ssr: join(root, 'e2e/standIn/bootstrap.ts'),
      outDir: join(root, '.cache/e2e'),
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'bootstrap.mjs', codeSplitting: false } },
    },
  })
}
