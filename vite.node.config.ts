import { defineConfig } from 'vite'
import type { EnvironmentOptions, Plugin } from 'vite'

/** The folder the programs are copied from must say by itself that they are ES modules. */
function moduleMark(): Plugin {
  return {
    name: 'doorplate:module-mark',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'package.json', source: '{ "type": "module" }\n' })
    },
  }
}

/** One program as one file, so that what ships in it can be read in it. */
function program(name: string, entry: string): EnvironmentOptions {
  return {
    consumer: 'server',
    resolve: { noExternal: true, conditions: ['node', 'import', 'module', 'default'] },
    build: {
      outDir: 'out/node',
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'node20',
      sourcemap: false,
      minify: false,
      rolldownOptions: {
        input: { [name]: entry },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          codeSplitting: false,
          comments: { legal: true, annotation: false, jsdoc: false },
        },
      },
    },
  }
}

/** The plain Node programs: the host and the simulator. They need no node_modules where they run. */
export default defineConfig({
  plugins: [moduleMark()],
  builder: {
    buildApp: async (builder) => {
      for (const name of ['host', 'simulator']) {
        const environment = builder.environments[name]
        if (environment) await builder.build(environment)
      }
    },
  },
  environments: {
    host: program('host', 'src/host/index.ts'),
    simulator: program('simulator', 'simulator/index.ts'),
  },
})
