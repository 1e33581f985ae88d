import type { BookingStatus } from '../booking.ts'

/** A meeting of the seed, placed relative to the present. */
export interface PlannedMeeting {
  /** What `fromMin` counts from: the half hour now runs in, or the end of the spell room 12 is free for. */
  readonly kind?: 'afterFreeSpell' | 'allDay'
  readonly fromMin: number
  readonly lengthMin: number
  readonly subject: string
  readonly by: string
  readonly with?: readonly string[]
  readonly status?: BookingStatus
  /** Booked by the app itself rather than by a person in the client. */
  readonly isOwn?: true
  readonly isRepeating?: true
  readonly isOnline?: true
  readonly isPrivate?: true
}

const meeting = (
  fromMin: number,
  lengthMin: number,
  subject: string,
  by: string,
  more: Partial<PlannedMeeting> = {},
): PlannedMeeting => ({ fromMin, lengthMin, subject, by, ...more })

const xihu: readonly PlannedMeeting[] = [
  meeting(-450, 60, '晨会：研发中心周进度同步', 'zhangwei', { with: ['chenlu', 'wangbo', 'sunhao'] }),
  meeting(-360, 60, '候选人面试（前端）', 'linxue', { with: ['chenlu'] }),
  meeting(-270, 90, '支付网关改造方案评审', 'wangbo', { with: ['zhangwei', 'sunhao'], isOnline: true }),
  meeting(-150, 30, '与供应商电话沟通', 'huangjing', { status: 'cancelled' }),
  meeting(-120, 60, '客户需求澄清：万象项目', 'wujie', { with: ['liyan', 'zhengkai'] }),
  meeting(0, 60, '版本评审 v3.2', 'chenlu', {
    kind: 'afterFreeSpell',
    with: ['wangbo', 'liyan'],
    isOwn: true,
    isOnline: true,
  }),
  meeting(90, 60, '市场投放复盘', 'zhaomin', { kind: 'afterFreeSpell', with: ['wujie'] }),
  meeting(150, 60, '设计走查：会员中心', 'zhouting', { kind: 'afterFreeSpell', with: ['liyan'] }),
  meeting(270, 90, '与海外团队周例会', 'zhengkai', {
    kind: 'afterFreeSpell',
    with: ['zhangwei'],
    isOnline: true,
  }),
]

const duanqiao: readonly PlannedMeeting[] = [
  meeting(-180, 60, '招聘复盘会', 'linxue'),
  meeting(-60, 60, '需求排期', 'liyan', { with: ['zhengkai'] }),
  meeting(0, 60, '接口联调', 'sunhao', { with: ['wangbo'] }),
  meeting(60, 60, '线上故障复盘', 'zhangwei', { with: ['wangbo', 'sunhao'] }),
  meeting(120, 30, '一对一沟通', 'zhangwei', { with: ['chenlu'], isPrivate: true }),
  meeting(240, 60, '测试用例评审', 'sunhao'),
]

const quyuan: readonly PlannedMeeting[] = [
  meeting(-240, 60, '预算核对', 'huangjing'),
  meeting(-30, 90, '活动物料确认', 'zhaomin', { with: ['zhouting'] }),
  meeting(0, 30, '临时讨论：首页改版', 'zhouting'),
  meeting(30, 90, '渠道合作洽谈', 'wujie'),
  meeting(180, 60, '绩效面谈', 'tanghua', { isPrivate: true }),
]

const negotiation: readonly PlannedMeeting[] = [
  meeting(-180, 30, '快递与物资交接', 'huangjing'),
  meeting(150, 30, '保洁合同续签', 'huangjing'),
]

const lingyin: readonly PlannedMeeting[] = [
  meeting(-210, 90, '季度经营分析会', 'XuPeng', { with: ['zhangwei', 'zhaomin'] }),
  meeting(0, 90, '董事会预备会', 'XuPeng', { status: 'inApproval', with: ['linxue'] }),
  meeting(120, 60, '融资材料评审', 'zhengkai', { status: 'requested' }),
  meeting(240, 120, '高管周会', 'XuPeng', { with: ['zhangwei', 'zhaomin', 'linxue'] }),
]

const santan: readonly PlannedMeeting[] = [
  meeting(0, 0, '新员工入职培训', 'linxue', { kind: 'allDay', with: ['huangjing'] }),
]

const longjing: readonly PlannedMeeting[] = [
  meeting(-300, 120, '产品路线图工作坊', 'liyan', { with: ['zhengkai', 'zhouting'] }),
  meeting(
    -30,
    120,
    '关于 2026 年下半年华东大区重点客户联合解决方案（含数据中台、移动办公与会议门牌试点）落地节奏及跨部门资源协调的专题讨论会',
    'zhengkai',
    { with: ['zhangwei', 'zhaomin', 'wujie', 'liyan'] },
  ),
  meeting(120, 60, '全员分享：可观测性实践', 'wangbo'),
]

const leifeng: readonly PlannedMeeting[] = [
  meeting(-240, 60, '安全合规培训', 'hejun'),
  meeting(-120, 60, '客户来访接待', 'wujie'),
  meeting(30, 60, '前端技术周会', 'chenlu', { isRepeating: true, with: ['wangbo', 'sunhao', 'zhouting'] }),
  meeting(150, 60, '门牌试点复盘', 'doorplate', { isOwn: true }),
]

/** Room id and its day. */
export const dayPlans: readonly (readonly [number, readonly PlannedMeeting[]])[] = [
  [12, xihu],
  [13, duanqiao],
  [14, quyuan],
  [15, negotiation],
  [21, lingyin],
  [22, santan],
  [23, longjing],
  [31, leifeng],
]

interface TomorrowMeeting {
  readonly roomId: number
  /** Local hour of the start. */
  readonly hour: number
  readonly lengthMin: number
  readonly subject: string
  readonly bookerId: string
}

const next = (
  roomId: number,
  hour: number,
  lengthMin: number,
  subject: string,
  bookerId: string,
): TomorrowMeeting => ({ roomId, hour, lengthMin, subject, bookerId })

export const tomorrowPlan: readonly TomorrowMeeting[] = [
  next(12, 9.5, 60, '晨会：研发中心周进度同步', 'zhangwei'),
  next(12, 14, 90, '技术选型讨论', 'wangbo'),
  next(13, 10, 60, '需求排期', 'liyan'),
  next(14, 15, 60, '活动复盘', 'zhaomin'),
  next(21, 10, 120, '高管周会', 'XuPeng'),
  next(23, 13.5, 120, '产品路线图工作坊', 'liyan'),
  next(31, 16, 60, '客户来访接待', 'wujie'),
]
