import { MINUTE_MS } from '../duration.ts'
import type { Meeting } from '../meeting.ts'
import type { RoomSnapshot } from '../roomSnapshot.ts'

/** 2026-11-23 10:00 in Shanghai, a Monday. */
export const MONDAY_10_MS = Date.UTC(2026, 10, 23, 2, 0)

/** An ordinary confirmed meeting; times in minutes from {@link MONDAY_10_MS}. */
export function meetingAt(startMinutes: number, endMinutes: number, more: Partial<Meeting> = {}): Meeting {
  return {
    id: `m${startMinutes}-${endMinutes}`,
    startMs: MONDAY_10_MS + startMinutes * MINUTE_MS,
    endMs: MONDAY_10_MS + endMinutes * MINUTE_MS,
    title: '周会',
    organizer: '陈璐',
    department: null,
    state: 'confirmed',
    isAllDay: false,
    isRecurring: false,
    isPrivate: false,
    isOwn: false,
    platformCheckIn: 'none',
    releasedAtMs: null,
    video: null,
    ...more,
  }
}

/** A complete, fresh reading of the day that holds {@link MONDAY_10_MS}. */
export function snapshotWith(meetings: readonly Meeting[], more: Partial<RoomSnapshot> = {}): RoomSnapshot {
  return {
    revision: 1,
    room: {
      id: 'xihu',
      name: '3F-西湖',
      capacity: 8,
      location: ['杭州', '滨江一号', '3F'],
      equipment: ['tv', 'whiteboard'],
      needsApproval: false,
    },
    meetings,
    closures: [],
    horizon: { fromMs: MONDAY_10_MS - 600 * MINUTE_MS, untilMs: MONDAY_10_MS + 840 * MINUTE_MS },
    evidence: { kind: 'complete' },
    freshness: { staleAtMs: MONDAY_10_MS + 90_000, unknownAtMs: MONDAY_10_MS + 15 * MINUTE_MS },
    fetchedAtMs: MONDAY_10_MS,
    serverTimeOffsetMs: 0,
    health: { kind: 'ok' },
    capabilities: { titles: 'all', organizers: true, approval: true, platformCheckIn: true },
    checkedInIds: [],
    ...more,
  }
}
