import type { Meeting } from './meeting.ts'

/** How much of a meeting the corridor may read. */
export const privacyLevels = ['full', 'organizer', 'busy'] as const

/** See {@link privacyLevels}. */
export type PrivacyLevel = (typeof privacyLevels)[number]

/**
 * Takes away what the corridor may not read. Applied in the core, before a snapshot leaves it: what is masked never
 * reaches a renderer. A private meeting shows nothing but its time, at every level.
 */
export function maskMeeting(meeting: Meeting, level: PrivacyLevel): Meeting {
  // Who booked by id is the core's own business: it tells re-booked meetings apart.
  const { organizerId: _organizerId, ...seen } = meeting
  if (meeting.isPrivate || level === 'busy') {
    return { ...seen, title: null, organizer: null, department: null, video: null }
  }
  if (level === 'organizer') return { ...seen, title: null, video: null }
  return seen
}
