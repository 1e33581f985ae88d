import { addMeeting, type MeetingDraft } from '../addMeeting.ts'
import { ceilToGrid, floorToGrid, minuteMs } from '../shanghaiTime.ts'
import type { World } from '../World.ts'

const gridMs = 30 * minuteMs
const xihu = { unitIds: ['300417'], location: '杭州-滨江一号-3F' }
const lingyin = { unitIds: ['300418'], location: '杭州-滨江一号-5F' }
const longjing = { unitIds: ['300419'], location: '杭州-滨江一号-5F' }

/** Video meetings of the Rooms hardware; one of them made by a person, so the app cannot see it. */
export function seedMeetings(world: World, nowMs: number): void {
  const span = (fromMs: number, lengthMin: number) => ({
    startMs: fromMs,
    endMs: fromMs + lengthMin * minuteMs,
  })
  const at = (minutes: number) => floorToGrid(nowMs, gridMs) + minutes * minuteMs
  const afterFreeSpellMs = ceilToGrid(nowMs + 75 * minuteMs, gridMs)
  const drafts: readonly MeetingDraft[] = [
    { ...xihu, ...span(at(-270), 90), subject: '支付网关改造方案评审', adminUserId: 'wangbo' },
    {
      ...xihu,
      ...span(afterFreeSpellMs, 60),
      subject: '版本评审 v3.2',
      adminUserId: 'chenlu',
      attendeeIds: ['wangbo', 'liyan'],
    },
    { ...lingyin, ...span(at(0), 60), subject: '季度经营分析会', adminUserId: 'XuPeng' },
    {
      ...lingyin,
      ...span(at(120), 60),
      subject: '融资材料评审',
      adminUserId: 'zhengkai',
      state: 'CANCELLED',
    },
    {
      ...longjing,
      ...span(at(-30), 120),
      subject: '华东大区专题讨论会',
      adminUserId: 'zhengkai',
      ownerAppId: null,
    },
  ]
  for (const draft of drafts) addMeeting(world, draft)
}
