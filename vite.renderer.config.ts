import { fileURLToPath } from 'node:url'
import { baseCompile } from '@intlify/message-compiler'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import type { Plugin, UserConfig } from 'vite'

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))

/** Messages with placeholders or plural forms become syntax trees; plain ones stay text. */
function compileMessages(message: unknown): unknown {
  if (typeof message === 'object' && message !== null) {
    return Object.fromEntries(Object.entries(message).map(([key, one]) => [key, compileMessages(one)]))
  }
  if (typeof message !== 'string' || !/[{|@]/.test(message)) return message
  return baseCompile(message, { jit: true, optimize: true, minify: true, location: false }).ast
}

/** Compiles the locale files at build time, so that no message compiler ships to the screen. */
export function precompiledMessages(): Plugin {
  return {
    name: 'doorplate:precompiled-messages',
    enforce: 'pre',
    transform: {
      filter: { id: /[\\/]i18n[\\/]locales[\\/][\w-]+\.json$/ },
      handler: (source) => ({ code: JSON.stringify(compileMessages(JSON.parse(source))), map: null }),
    },
  }
}

/** How the screen is built, for Electron and for the Node host alike. */
export const rendererConfig = {
  root: path('src/renderer'),
  // The same files are served from app://, from a host's root and from behind a proxy's path.
  base: './',
  plugins: [vue({ features: { optionsAPI: false } }), precompiledMessages()],
  resolve: { alias: [{ find: /^vue-i18n$/, replacement: 'vue-i18n/dist/vue-i18n.runtime.mjs' }] },
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_DROP_MESSAGE_COMPILER__: 'true',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  build: {
    outDir: path('out/renderer'),
    emptyOutDir: true,
    // Container units are the floor; colours are lowered for browsers that do not know oklch.
    target: ['chrome107', 'edge107', 'firefox110', 'safari16'],
    // The policy allows 'self' only: nothing may become a data: address or an inline script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Three percent smaller over the wire than the built-in minifier.
    minify: 'terser',
    terserOptions: { compress: { passes: 2 } },
    reportCompressedSize: true,
    // How long which plugin took is no news to whoever starts a demo.
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
} satisfies UserConfig

export default defineConfig(rendererConfig)
