/** For tools that do not read Vue files; vue-tsc sees the real component. */
declare module '*.vue' {
  import type { Component } from 'vue'

  const component: Component
  // eslint-disable-next-line no-restricted-exports -- a Vue file is its default export
  export default component
}
