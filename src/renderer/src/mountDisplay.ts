import { createPinia } from 'pinia'
import { createApp } from 'vue'
import type { DisplayApi } from '../../shared/api/DisplayApi.ts'
import type { RoomId } from '../../shared/domain/room.ts'
import App from './App.vue'
import { createDisplayI18n } from './i18n/createDisplayI18n.ts'
import { addressKey, apiKey, clockKey } from './injection.ts'
import type { Clock } from './time/Clock.ts'

/** What one screen is made of. */
export interface DisplayDeps {
  readonly api: DisplayApi
  readonly clock: Clock
  /** Null for the default room. */
  readonly roomId: RoomId | null
}

/**
 * Puts one screen into an element. Several may live in one page (the gallery), so nothing of it is global.
 * @returns takes it away again
 */
export function mountDisplay(element: Element, { api, clock, roomId }: DisplayDeps): () => void {
  const app = createApp(App)
    .use(createPinia())
    .use(createDisplayI18n('zh-CN'))
    .provide(apiKey, api)
    .provide(clockKey, clock)
    .provide(addressKey, { roomId })
  app.mount(element)
  return () => app.unmount()
}
