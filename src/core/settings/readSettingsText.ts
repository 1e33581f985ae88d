import type { SettingsReading } from '../../shared/api/admin.ts'
import { parseSettings } from './parseSettings.ts'
import { readJson } from './readJson.ts'

/**
 * Reads settings that were exported from another panel, by the schema every file is read by. A secret among them is a
 * stranger like any other unknown field and is refused: secrets are typed, never carried in settings.
 */
export function readSettingsText(text: string): SettingsReading {
  const json = readJson(text)
  if (!json.ok || typeof json.value !== 'object' || json.value === null || Array.isArray(json.value))
    return { kind: 'notJson' }
  const parsed = parseSettings(json.value)
  return parsed.ok ? { kind: 'read', settings: parsed.settings } : { kind: 'refused', issues: parsed.issues }
}
