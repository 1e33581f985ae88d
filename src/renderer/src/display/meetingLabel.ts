import type { Meeting } from '../../../shared/domain/meeting.ts'
import type { Translate } from '../i18n/createDisplayI18n.ts'

/** What stands for a meeting on the screen. */
export interface MeetingLabel {
  readonly title: string
  /** Who booked it; null where unknown, masked, or already named by the title. */
  readonly organizer: string | null
}

/** The title; else whose booking it is; else that it is booked. A private meeting says nothing but that, whatever arrived. */
export function meetingLabel(meeting: Meeting, t: Translate): MeetingLabel {
  if (meeting.isPrivate) return { title: t('meeting.private'), organizer: null }
  const title = meeting.title?.trim() ?? ''
  const organizer = meeting.organizer?.trim() ?? ''
  if (title !== '') return { title, organizer: organizer === '' ? null : organizer }
  if (organizer !== '') return { title: t('meeting.bookedBy', { name: organizer }), organizer: null }
  return { title: t('meeting.booked'), organizer: null }
}
