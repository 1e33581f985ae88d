import { onScopeDispose } from 'vue'

/** Calls `onWake` when somebody touches the screen, a key is pressed, the page comes back into view or the network returns. */
export function useWake(page: Window, onWake: () => void): void {
  const onVisibility = (): void => {
    if (page.document.visibilityState === 'visible') onWake()
  }
  page.addEventListener('pointerdown', onWake, { passive: true })
  page.addEventListener('keydown', onWake, { passive: true })
  page.addEventListener('online', onWake)
  page.document.addEventListener('visibilitychange', onVisibility)
  onScopeDispose(() => {
    page.removeEventListener('pointerdown', onWake)
    page.removeEventListener('keydown', onWake)
    page.removeEventListener('online', onWake)
    page.document.removeEventListener('visibilitychange', onVisibility)
  })
}
