import { onScopeDispose, shallowRef, watch } from 'vue'
import type { Component, ShallowRef } from 'vue'

/** What the display shows but does not open with. */
export interface LazyParts {
  /** The buttons and everything behind them; null until they are here. */
  readonly actions: Readonly<ShallowRef<Component | null>>
  /** The running video meeting's code. */
  readonly video: Readonly<ShallowRef<Component | null>>
  /** Tries again what could not be loaded, e.g. because the host was being restarted. */
  readonly retry: () => void
}

/** Runs after the first picture is drawn, in a moment in which the page has nothing else to do. */
function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in window) window.requestIdleCallback(run, { timeout: 300 })
  else run()
}

/** Loads what the display needs, when it needs it, after it is on screen. */
export function useLazyParts(needs: {
  readonly hasActions: () => boolean
  readonly hasVideo: () => boolean
}): LazyParts {
  const actions = shallowRef<Component | null>(null)
  const video = shallowRef<Component | null>(null)
  let isGone = false

  const load = (
    part: ShallowRef<Component | null>,
    isNeeded: () => boolean,
    find: () => Promise<{ default: Component }>,
  ) => {
    let isLoading = false
    return (): void => {
      if (part.value || isLoading || !isNeeded()) return
      isLoading = true
      whenIdle(() => {
        find()
          .then((found) => {
            if (!isGone) part.value = found.default
          })
          .catch(() => undefined)
          .finally(() => {
            isLoading = false
          })
      })
    }
  }
  const loadActions = load(actions, needs.hasActions, () => import('../views/ActionView.vue'))
  const loadVideo = load(video, needs.hasVideo, () => import('../components/actions/VideoCode.vue'))

  watch(needs.hasActions, loadActions, { immediate: true, flush: 'post' })
  watch(needs.hasVideo, loadVideo, { immediate: true, flush: 'post' })
  onScopeDispose(() => {
    isGone = true
  })
  return {
    actions,
    video,
    retry() {
      loadActions()
      loadVideo()
    },
  }
}
