import { HOUR_MS, MINUTE_MS } from '../../../shared/domain/duration.ts'
import type { Meeting } from '../../../shared/domain/meeting.ts'
import type { RoomSnapshot } from '../../../shared/domain/roomSnapshot.ts'
import { defaultStatusRules } from '../../../shared/domain/statusRules.ts'
import type { PanelConfig } from '../../../shared/settings/panelConfig.ts'

/** Monday, 23 November 2026, 10:19 in Shanghai. */
export const GALLERY_NOW_MS = Date.UTC(2026, 10, 23, 2, 19)

/** The instant of a wall time on the gallery's day; hours beyond 24 are the next day. */
export function at(hour: number, minute = 0, second = 0): number {
  return Date.UTC(2026, 10, 22, 16) + hour * HOUR_MS + minute * MINUTE_MS + second * 1_000
}

/** A meeting from `HH:MM` to `HH:MM`, to be changed by `changes`. */
export function meeting(
  from: number,
  until: number,
  title: string | null,
  organizer: string | null,
  changes: Partial<Meeting> = {},
): Meeting {
  return {
    id: `${from}-${until}-${title ?? ''}`,
    startMs: from,
    endMs: until,
    title,
    organizer,
    department: null,
    state: 'confirmed',
    isAllDay: false,
    isRecurring: false,
    isPrivate: false,
    isOwn: false,
    platformCheckIn: 'none',
    releasedAtMs: null,
    video: null,
    ...changes,
  }
}

/** What the scenes are shown with, unless they bring their own. */
export const galleryConfig: PanelConfig = {
  revision: 1,
  core: { kind: 'running' },
  language: 'zh-CN',
  theme: 'light',
  hourCycle: '24',
  timeZone: 'Asia/Shanghai',
  rules: defaultStatusRules,
  officeHours: { days: [1, 2, 3, 4, 5], from: '08:00', until: '20:00' },
  actions: { checkIn: 'off', book: 'off', extend: 'off', end: 'off' },
  platform: 'wecom',
  rooms: [{ id: 'west-lake', name: '西湖 · 3F-01' }],
  version: '0.1.0',
  isStorageBroken: false,
}

/** A fresh, complete reading of a quiet day. */
export const gallerySnapshot: RoomSnapshot = {
  revision: 1,
  room: {
    id: 'west-lake',
    name: '西湖 3F-01',
    capacity: 8,
    location: ['滨江一号', '3 层'],
    equipment: ['tv', 'whiteboard', 'video'],
    needsApproval: false,
  },
  meetings: [],
  closures: [],
  horizon: { fromMs: at(0), untilMs: at(24) },
  evidence: { kind: 'complete' },
  freshness: { staleAtMs: GALLERY_NOW_MS + 90_000, unknownAtMs: GALLERY_NOW_MS + 15 * MINUTE_MS },
  fetchedAtMs: GALLERY_NOW_MS - 12_000,
  serverTimeOffsetMs: 0,
  health: { kind: 'ok' },
  capabilities: { titles: 'all', organizers: true, approval: true, platformCheckIn: false },
  checkedInIds: [],
}
