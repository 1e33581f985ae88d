import type { OnlineMeeting } from './onlineMeeting.ts'
import type { World } from './World.ts'

export type MeetingDraft = Pick<OnlineMeeting, 'subject' | 'adminUserId' | 'startMs' | 'endMs' | 'unitIds'> &
  Partial<Omit<OnlineMeeting, 'id'>>

/** Adds a video meeting, by default one the app made and people come to; its id and its nine-digit code are made. */
export function addMeeting(world: World, draft: MeetingDraft): OnlineMeeting {
  const id = world.ids.next('hy', 16)
  const code = BigInt(`0x${id.slice(2, 14)}`) % 900_000_000n
  const meeting: OnlineMeeting = {
    code: String(code + 100_000_000n),
    attendeeIds: [],
    type: 0,
    state: 'auto',
    isAttended: true,
    location: '',
    ownerAppId: world.tenant.app.id,
    bookingId: null,
    ...draft,
    id,
  }
  world.meetings.set(id, meeting)
  return meeting
}
