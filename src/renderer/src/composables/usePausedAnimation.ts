import { onScopeDispose, watch } from 'vue'

/**
 * Moves an element along a keyframe track to a share of it, 0 to 1, by a paused animation: the mark of the present moves
 * every minute without one change to the document, so that a quiet minute touches nothing but the clock.
 */
export function usePausedAnimation(
  element: () => HTMLElement | null,
  keyframes: Keyframe[],
  share: () => number,
): void {
  let animation: Animation | null = null
  let animated: HTMLElement | null = null

  watch(
    [element, share],
    ([target, at]) => {
      if (target !== animated) {
        animation?.cancel()
        animated = target
        animation = target?.animate(keyframes, { duration: 1_000, fill: 'both' }) ?? null
        animation?.pause()
      }
      if (animation) animation.currentTime = Math.min(1, Math.max(0, at)) * 1_000
    },
    { flush: 'post', immediate: true },
  )
  onScopeDispose(() => animation?.cancel())
}
