import type { Fields } from '../../http/fields.ts'
import type { RoomUse } from '../../world/roomUse.ts'
import { meetingNumberOf } from './feishuIds.ts'

/** Where the nine digits of a video meeting lead. */
export const meetingUrl = (number: string): string => `https://vc.feishu.cn/j/${number}`

const otherKinds = { live: 'lark_live', unknown: 'unknown' } as const

/** The video meeting of an event; `vc` and `no_meeting` say all there is to say. */
export function vchatOf(
  uid: string,
  { isOnline, otherVideo }: { readonly isOnline: boolean; readonly otherVideo: RoomUse['otherVideo'] },
): Fields {
  if (otherVideo === 'thirdParty')
    return {
      vc_type: 'third_party',
      icon_type: 'default',
      description: '加入会议',
      meeting_url: `https://meeting.example.invalid/${meetingNumberOf(uid)}`,
    }
  if (otherVideo !== null) return { vc_type: otherKinds[otherVideo] }
  return isOnline
    ? { vc_type: 'vc', meeting_url: meetingUrl(meetingNumberOf(uid)) }
    : { vc_type: 'no_meeting' }
}
