import { FieldError, type Fields } from '../../http/fields.ts'
import { isOverlapping } from '../../world/booking.ts'
import { type MeetingState, meetingStateAt, type OnlineMeeting } from '../../world/onlineMeeting.ts'
import { dayMs } from '../../world/shanghaiTime.ts'
import type { World } from '../../world/World.ts'
import { FeishuError, feishuCodes } from './feishuError.ts'
import { meetingNumberOf, openIdOf, uidOf, videoIdOf } from './feishuIds.ts'
import type { FeishuCall, FeishuRoute } from './FeishuRoute.ts'
import { seconds } from './feishuTime.ts'
import { pageOf } from './pageOf.ts'
import { queryBoolean, querySecondsMs, requiredText } from './readQuery.ts'
import { pathText, vcNotThere, vcRoute } from './vcRoute.ts'
import { meetingUrl } from './video.ts'

/** 2 in progress, 3 ended; null: nobody has come yet, so there is no video meeting to speak of. */
const statuses: Readonly<Record<MeetingState, 2 | 3 | null>> = {
  INVALID: null,
  INIT: null,
  ABOUT_TO_START: null,
  CANCELLED: null,
  STARTED: 2,
  ENDED: 3,
  NULL: 3,
  RECYCLED: 3,
}

/** A meeting nobody ever came to does not exist even when its time is over. */
function statusAt(world: World, meeting: OnlineMeeting): 2 | 3 | null {
  const isUnattended = meeting.state === 'auto' && !meeting.isAttended
  return isUnattended ? null : statuses[meetingStateAt(meeting, world.clock.now())]
}

/** A secret a panel must drop. */
const password = '402971'

/** The number in the event's link, where there is an event. */
function numberOf(world: World, meeting: OnlineMeeting): string {
  const booking = meeting.bookingId === null ? undefined : world.bookings.get(meeting.bookingId)
  return booking === undefined ? meeting.code : meetingNumberOf(uidOf(booking))
}

const brief = (world: World, meeting: OnlineMeeting): Fields => ({
  id: videoIdOf(meeting.id),
  meeting_no: numberOf(world, meeting),
  topic: meeting.subject,
  url: meetingUrl(numberOf(world, meeting)),
  password,
})

/**
 * vc/v1/meetings/list_by_no: meetings that have started under a number; those that are over are told like those that
 * run. One number has many of them. Latest first.
 */
function listByNo({ world, query }: FeishuCall): Fields {
  const number = requiredText(query, 'meeting_no')
  if (!/^\d{9}$/.test(number)) throw new FieldError('meeting_no', 'nine digits')
  const startMs = querySecondsMs(query, 'start_time')
  const endMs = querySecondsMs(query, 'end_time')
  if (endMs <= startMs || endMs > startMs + 90 * dayMs)
    throw new FieldError('end_time', 'after start_time by at most 90 days')
  const found = [...world.meetings.values()]
    .filter((meeting) => numberOf(world, meeting) === number && isOverlapping(meeting, startMs, endMs))
    .filter((meeting) => statusAt(world, meeting) !== null)
    .sort((one, other) => other.startMs - one.startMs)
  const { items, paging } = pageOf(found, query, { usual: 20, least: 1, most: 50 })
  return { meeting_briefs: items.map((meeting) => brief(world, meeting)), ...paging }
}

function participantsOf(meeting: OnlineMeeting): readonly Fields[] {
  const ids = [meeting.adminUserId, ...meeting.attendeeIds]
  return ids.map((userId) => ({
    id: openIdOf(userId),
    user_type: 1,
    is_host: userId === meeting.adminUserId,
    is_cohost: false,
    is_external: false,
    status: 2,
    first_join_time: seconds(meeting.startMs),
  }))
}

/** vc/v1/meetings/{id}: only meetings that belong to the caller, which people's do not. */
function get({ world, params, query }: FeishuCall): Fields {
  const id = pathText(params, 'meeting_id')
  const meeting = [...world.meetings.values()].find((one) => videoIdOf(one.id) === id)
  const status = meeting === undefined ? null : statusAt(world, meeting)
  if (meeting === undefined || status === null) throw vcNotThere()
  if (meeting.ownerAppId !== world.tenant.app.id)
    throw new FeishuError(feishuCodes.vcNoPermission, 'no permission')
  const people = participantsOf(meeting)
  return {
    meeting: {
      ...brief(world, meeting),
      create_time: seconds(meeting.startMs),
      start_time: seconds(meeting.startMs),
      ...(status === 3 ? { end_time: seconds(meeting.endMs) } : {}),
      host_user: { id: openIdOf(meeting.adminUserId), user_type: 1 },
      status,
      participant_count: String(people.length),
      participant_count_accumulated: String(people.length),
      ...(queryBoolean(query, 'with_participants') ? { participants: people } : {}),
    },
  }
}

export const videoRoutes: readonly FeishuRoute[] = [
  vcRoute({
    method: 'GET',
    path: 'meetings/list_by_no',
    scopes: ['vc:meeting:readonly'],
    pace: 'level3',
    msg: '',
    handle: listByNo,
  }),
  vcRoute({ method: 'GET', path: 'meetings/:meeting_id', scopes: ['vc:meeting:readonly'], handle: get }),
]
