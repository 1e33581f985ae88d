import { FieldError, type Fields, optional, readFilledText } from '../../http/fields.ts'
import { meetingStateAt, type MeetingState, type OnlineMeeting } from '../../world/onlineMeeting.ts'
import type { World } from '../../world/World.ts'
import { seconds } from './bookingAnswer.ts'
import { findOwnMeeting } from './findMeeting.ts'
import { WecomError, wecomCodes } from './wecomError.ts'
import type { WecomCall, WecomRoute } from './WecomRoute.ts'

/** D:99049: 1 not started, 2 running, 3 ended, 4 cancelled, 5 expired. */
const statusNumbers: Readonly<Record<MeetingState, number>> = {
  INVALID: 1,
  INIT: 1,
  ABOUT_TO_START: 1,
  STARTED: 2,
  ENDED: 3,
  NULL: 3,
  CANCELLED: 4,
  RECYCLED: 5,
}

function meetingAnswer(meeting: OnlineMeeting, nowMs: number): Fields {
  const state = meetingStateAt(meeting, nowMs)
  return {
    admin_userid: meeting.adminUserId,
    title: meeting.subject,
    meeting_start: seconds(meeting.startMs),
    meeting_duration: seconds(meeting.endMs - meeting.startMs),
    description: '',
    location: meeting.location,
    main_department: 1,
    status: statusNumbers[state],
    attendees: {
      member: meeting.attendeeIds.map((userid) => ({ userid, status: state === 'STARTED' ? 1 : 2 })),
      tmp_external_user: [],
    },
    // A secret a panel must drop: base64 text where one table says bool (D:98149).
    settings: { password: 'simulator-meeting-password', enable_enter_mute: 1, enable_waiting_room: false },
    meeting_type: meeting.type === 4 ? 3 : meeting.type,
    meeting_code: meeting.code,
    meeting_link: `https://meeting.example.invalid/${meeting.code}`,
  }
}

/** By `meeting_code` only with the advanced feature. A code nobody has is answered as an id nobody has. */
function readMeetingId(world: World, body: Fields): string {
  const id = optional(readFilledText)(body, 'meetingid')
  if (id !== undefined) return id
  const code = optional(readFilledText)(body, 'meeting_code')
  if (code === undefined || !world.tenant.app.hasAdvancedMeetings) throw new FieldError('meetingid', 'given')
  const found = [...world.meetings.values()].find((meeting) => meeting.code === code)
  if (found === undefined) throw new WecomError(wecomCodes.noSuchMeeting, 'meeting not found')
  return found.id
}

/** D:99049 (basic), D:98149 (advanced) meeting/get_info: the app's own meetings; the subject is `title`. */
function getInfo({ world, body }: WecomCall): Fields {
  const meeting = findOwnMeeting(world, readMeetingId(world, body))
  return meetingAnswer(meeting, world.clock.now())
}

export const meetingRoute: WecomRoute = {
  method: 'POST',
  path: '/cgi-bin/meeting/get_info',
  grant: 'meeting',
  handle: getInfo,
}
