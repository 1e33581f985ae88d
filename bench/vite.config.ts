import { join } from 'node:path'
import { defineConfig } from 'vite'

const root = join(import.meta.dirname, '..')

/** Bundles the benchmarks for plain Node; packages stay outside. */
export default defineConfig({
  root,
  build: {
    ssr: join(root, 'bench/measure.ts'),
    outDir: join(root, '.cache/bench'),
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rolldownOptions: { output: { entryFileNames: 'bench.mjs', codeSplitting: false } },
  },
})
