import type { OnlineMeeting } from '../onlineMeeting.ts'
import { ceilToGrid, floorToGrid, minuteMs } from '../shanghaiTime.ts'
import type { World } from '../World.ts'

const gridMs = 30 * minuteMs

type Draft = Pick<OnlineMeeting, 'subject' | 'adminUserId' | 'startMs' | 'unitIds'> & {
  readonly lengthMin: number
} & Partial<OnlineMeeting>

/** Adds a video meeting with everything not given made up. */
export function addMeeting(world: World, { lengthMin, ...draft }: Draft): OnlineMeeting {
  const id = draft.id ?? world.ids.next('hy', 16)
  const digits = BigInt(`0x${world.ids.next('', 12)}`) % 900_000_000n
  const meeting: OnlineMeeting = {
    code: String(digits + 100_000_000n),
    attendeeIds: [],
    endMs: draft.startMs + lengthMin * minuteMs,
    type: 0,
    state: 'auto',
    isAttended: true,
    location: '',
    ownerAppId: world.tenant.app.id,
    ...draft,
    id,
  }
  world.meetings.set(id, meeting)
  return meeting
}

/** Video meetings of the Rooms hardware; one of them made by a person, so the app cannot see it. */
export function seedMeetings(world: World, nowMs: number): void {
  const half = floorToGrid(nowMs, gridMs)
  const later = ceilToGrid(nowMs + 75 * minuteMs, gridMs)
  const at = (minutes: number) => half + minutes * minuteMs
  const xihu = { unitIds: ['300417'], location: '杭州-滨江一号-3F' }
  const lingyin = { unitIds: ['300418'], location: '杭州-滨江一号-5F' }
  const longjing = { unitIds: ['300419'], location: '杭州-滨江一号-5F' }
  addMeeting(world, {
    ...xihu,
    subject: '支付网关改造方案评审',
    adminUserId: 'wangbo',
    startMs: at(-270),
    lengthMin: 90,
  })
  addMeeting(world, {
    ...xihu,
    subject: '版本评审 v3.2',
    adminUserId: 'chenlu',
    startMs: later,
    lengthMin: 60,
    attendeeIds: ['wangbo', 'liyan'],
  })
  addMeeting(world, {
    ...lingyin,
    subject: '季度经营分析会',
    adminUserId: 'XuPeng',
    startMs: at(0),
    lengthMin: 60,
  })
  addMeeting(world, {
    ...lingyin,
    subject: '融资材料评审',
    adminUserId: 'zhengkai',
    startMs: at(120),
    lengthMin: 60,
    state: 'CANCELLED',
  })
  addMeeting(world, {
    ...longjing,
    subject: '华东大区专题讨论会',
    adminUserId: 'zhengkai',
    startMs: at(-30),
    lengthMin: 120,
    ownerAppId: null,
  })
}
