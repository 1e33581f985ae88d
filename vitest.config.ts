import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const node = (name: string, include: string[], more = {}) => ({
  extends: true as const,
  test: { name, include, environment: 'node' as const, ...more },
})

/** Where no module holds state and no test replaces one, files share what is loaded. */
const shared = { isolate: false }

/** One project per layer, so that a red layer is named by the report. */
export default defineConfig({
  plugins: [vue()],
  test: {
    // Tests state their zones; the machine's own must never matter.
    env: { TZ: 'UTC' },
    unstubGlobals: true,
    // For what hangs. Tests go by clocks of their own, and none has to be done by a certain time of a busy machine's.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    maxWorkers: 2,
    projects: [
      node('shared', ['src/shared/**/*.test.ts'], shared),
      node('core', ['src/core/**/*.test.ts'], shared),
      node('main', ['src/main/**/*.test.ts', 'src/preload/**/*.test.ts']),
      node('host', ['src/host/**/*.test.ts'], shared),
      node('simulator', ['simulator/**/*.test.ts'], shared),
      node('repository', ['tests/*.test.ts']),
      // Real apt in a Debian of its own; needs root on Debian, not with `npm test`.
      node('updates', ['tests/updates/*.test.ts']),
      // Reads the built app: run after `npm run build`, not with `npm test`.
      node('packaging', ['tests/packaging/*.test.ts']),
      {
        extends: true as const,
        test: {
          // Builds and installs the Linux packages: root on Debian, and a step of its own in `npm run check`.
          name: 'linuxPackages',
          include: ['tests/packaging/linux/*.test.ts'],
          environment: 'node' as const,
          globalSetup: ['tests/packaging/linux/globalSetup.ts'],
        },
      },
      {
        extends: true as const,
        test: {
          name: 'renderer',
          include: ['src/renderer/**/*.test.ts'],
          environment: 'jsdom' as const,
        },
      },
    ],
  },
})
