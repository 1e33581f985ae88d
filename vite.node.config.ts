import { isBuiltin } from 'node:module'
import { relative, sep } from 'node:path'
import { defineConfig } from 'vite'
import type { EnvironmentOptions, Plugin } from 'vite'

/** What each program may be made of, besides packages. Everything else in a bundle fails the build. */
const parts: Readonly<Record<string, readonly string[]>> = {
  host: ['src/host/', 'src/core/', 'src/shared/', 'package.json'],
  simulator: ['simulator/'],
}

/** The layers once more, where they matter most: in what ships. */
function onlyOwnLayers(): Plugin {
  return {
    name: 'doorplate:only-own-layers',
    generateBundle(_options, bundle) {
      const own = [...(parts[this.environment.name] ?? []), 'node_modules/']
      const foreign = [...this.getModuleIds()]
        // Virtual modules of the bundler itself begin with a zero byte.
        .filter((id) => !id.startsWith('\0') && !isBuiltin(id))
        .map((id) =>
          relative(import.meta.dirname, id.split('?', 1)[0] ?? id)
            .split(sep)
            .join('/'),
        )
        .filter((path) => !own.some((start) => path.startsWith(start)))
      if (foreign.length > 0) this.error(`${Object.keys(bundle).join()} would hold ${foreign.join(', ')}`)
    },
  }
}

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
  plugins: [onlyOwnLayers(), moduleMark()],
  builder: {
    buildApp: async (builder) => {
      for (const name of Object.keys(parts)) {
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
