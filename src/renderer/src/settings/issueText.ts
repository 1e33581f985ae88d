import type { FieldIssue } from '../../../shared/api/refusal.ts'
import type { Platform } from '../../../shared/domain/platform.ts'

/** Sections of the settings screen, in the order of the rail. */
export const sectionIds = [
  'connection',
  'room',
  'directory',
  'display',
  'checkIn',
  'kiosk',
  'diagnostics',
] as const

/** See {@link sectionIds}. */
export type SectionId = (typeof sectionIds)[number]

const sections: Readonly<Record<string, SectionId>> = {
  account: 'connection',
  secrets: 'connection',
  polling: 'connection',
  rooms: 'room',
  defaultRoomId: 'room',
  display: 'display',
  timeZone: 'display',
  officeHours: 'display',
  checkIn: 'checkIn',
  actions: 'checkIn',
  kiosk: 'kiosk',
}

/** Fields with a sentence of their own; a field below one of them uses its sentence. */
const told: ReadonlySet<string> = new Set([
  'account',
  'account.baseUrl',
  'secrets',
  'polling.intervalSeconds',
  'polling.quietIntervalSeconds',
  'polling.unknownAfterMinutes',
  'rooms',
  'rooms.id',
  'rooms.name',
  'rooms.source',
  'defaultRoomId',
  'display',
  'display.soonMinutes',
  'timeZone',
  'officeHours',
  'checkIn',
  'checkIn.opensBeforeMinutes',
  'checkIn.closesAfterMinutes',
  'checkIn.isReleaseOn',
  'actions',
  'actions.title',
  'kiosk',
  'kiosk.displayNumber',
  'version',
])

/** Every key {@link issueKey} can answer with that does not belong to a platform; a test looks each up. */
export const issueKeys: readonly string[] = ['other', ...told].map(
  (path) => `settings.issue.${path.replace('.', '_')}`,
)

/** Where a refused field is to be found; null for what no section shows. */
export function sectionOf(path: string): SectionId | null {
  // Who books is part of the account, and asked for where booking is.
  if (path.startsWith('account.booker')) return 'checkIn'
  return sections[path.split('.')[0] ?? ''] ?? null
}

/**
 * The sentence for a refused field: what is wrong and what to do, by the field alone.
 * @param path as the core names it, e.g. `rooms.0.id`
 * @param platformFields account fields and secrets the platform has its own sentences for
 */
export function issueKey(path: string, platform: Platform | null, platformFields: readonly string[]): string {
  const parts = path.split('.').filter((part) => !/^\d+$/.test(part))
  const last = parts.at(-1) ?? ''
  // What binds a room is the platform's own.
  if (platform && parts[0] === 'rooms' && parts[1] === 'source')
    return `settings.platforms.${platform}.issue.source`
  const isPlatforms = parts[0] === 'account' || parts[0] === 'secrets'
  if (platform && isPlatforms && platformFields.includes(last))
    return `settings.platforms.${platform}.issue.${last}`
  for (let length = parts.length; length > 0; length -= 1) {
    const candidate = parts.slice(0, length).join('.')
    if (told.has(candidate)) return `settings.issue.${candidate.replace('.', '_')}`
  }
  return 'settings.issue.other'
}

/** The refusal of exactly this field. */
export function issueAt(issues: readonly FieldIssue[], path: string): FieldIssue | null {
  return issues.find((issue) => issue.path === path) ?? null
}

/** Refusals of a field's parts, with their paths from there on. */
export function issuesUnder(issues: readonly FieldIssue[], path: string): readonly FieldIssue[] {
  return issues
    .filter((issue) => issue.path.startsWith(`${path}.`))
    .map((issue) => ({ ...issue, path: issue.path.slice(path.length + 1) }))
}
