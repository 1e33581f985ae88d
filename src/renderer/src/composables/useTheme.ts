import { computed, onScopeDispose, ref } from 'vue'
import type { ComputedRef } from 'vue'
import type { PanelConfig } from '../../../shared/settings/panelConfig.ts'

/** The theme to draw: the chosen one, or the system's present preference. */
export function useTheme(page: Window, chosen: () => PanelConfig['theme']): ComputedRef<'light' | 'dark'> {
  const query = page.matchMedia('(prefers-color-scheme: dark)')
  const prefersDark = ref(query.matches)
  const onChange = (): void => {
    prefersDark.value = query.matches
  }
  query.addEventListener('change', onChange)
  onScopeDispose(() => query.removeEventListener('change', onChange))
  return computed(() => {
    const theme = chosen()
    if (theme !== 'auto') return theme
    return prefersDark.value ? 'dark' : 'light'
  })
}
