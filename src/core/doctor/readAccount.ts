import type { Settings } from '../../shared/settings/schema.ts'
import { parseSettings } from '../settings/parseSettings.ts'
import { readJson } from '../settings/readJson.ts'
import type { Finding } from './Finding.ts'
import { found } from './Finding.ts'

/** The settings a panel would start with, and what is to be said of them. */
export interface ReadAccount {
  readonly settings: Settings | null
  readonly finding: Finding
}

/** What a file ends in: its text, nothing, or why it cannot be read. */
export type FileText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable'; readonly code: string }

function judge(file: string, text: string): ReadAccount {
  const json = readJson(text)
  if (!json.ok) return { settings: null, finding: found('fail', 'settingsUnreadable', { file }) }
  const parsed = parseSettings(json.value)
  if (!parsed.ok) {
    return { settings: null, finding: found('fail', 'settingsWrong', { file, fields: parsed.issues.length }) }
  }
  const { account, rooms } = parsed.settings
  const facts = { platform: account.platform, rooms: rooms.length }
  return { settings: parsed.settings, finding: found('ok', 'settingsFine', facts) }
}

/** @param folder where the settings would be, for the sentence that there are none */
export function readAccount(file: string, folder: string, read: FileText): ReadAccount {
  if (read.kind === 'text') return judge(file, read.text)
  const finding =
    read.kind === 'absent'
      ? found('warn', 'settingsNone', { folder })
      : found('fail', 'settingsForbidden', { file, code: read.code })
  return { settings: null, finding }
}
