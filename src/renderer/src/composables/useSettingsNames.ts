import { computed, provide, shallowRef } from 'vue'
import type { PanelConfig } from '../../../shared/settings/panelConfig.ts'
import { issueSentenceKey } from '../components/settings/fields/fieldIssue.ts'
import { platformForms } from '../components/settings/platforms/registry.ts'
import { roomNameKey } from '../components/settings/roomName.ts'
import { platformName } from '../settings/platformName.ts'
import { issueKey } from '../settings/issueText.ts'
import type { useSessionStore } from '../stores/sessionStore.ts'
import type { useSettingsStore } from '../stores/settingsStore.ts'

/** Where the names come from. */
export interface SettingsNamesOptions {
  readonly session: Pick<ReturnType<typeof useSessionStore>, 'ask'>
  readonly settings: Pick<ReturnType<typeof useSettingsStore>, 'draft' | 'listed'>
  /** Names of the rooms as the door shows them. Reactive. */
  readonly rooms: () => PanelConfig['rooms']
}

/**
 * Provides what the settings' fields call rooms and refusals by.
 * @returns reads the rooms' names again: they may have been read since the display was told, as after a first start
 */
export function useSettingsNames({ session, settings, rooms }: SettingsNamesOptions): () => Promise<void> {
  const named = shallowRef<PanelConfig['rooms'] | null>(null)
  const known = computed(() => ({ listed: settings.listed, rooms: named.value ?? rooms() }))
  const platform = computed(() => settings.draft?.account.platform ?? null)

  provide(roomNameKey, (room) => platformName(room, platform.value, known.value))
  provide(issueSentenceKey, (path) =>
    issueKey(path, platform.value, platform.value ? platformForms[platform.value].toldFields : []),
  )
  return async () => {
    const answer = await session.ask('panel.open', { roomId: null })
    if (answer.ok) named.value = answer.data.config.rooms
  }
}
