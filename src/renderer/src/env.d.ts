import type { Bridge } from '../../shared/api/bridge.ts'

declare global {
  interface Window {
    /** Only in Electron; see BRIDGE_NAME. Read by `api/createApi.ts` alone. */
    readonly doorplate?: Bridge
  }
  interface ImportMetaEnv {
    /** `'1'` keeps the gallery of states in a production build (demo). */
    readonly VITE_DOORPLATE_GALLERY?: string
  }
}
