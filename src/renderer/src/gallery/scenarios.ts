import type { ActionOutcome } from '../../../shared/domain/action.ts'
import type { ApiErrorCode } from '../../../shared/api/errors.ts'
import { MINUTE_MS } from '../../../shared/domain/duration.ts'
import type { RoomSnapshot } from '../../../shared/domain/roomSnapshot.ts'
import { defaultStatusRules } from '../../../shared/domain/statusRules.ts'
import type { PanelConfig } from '../../../shared/settings/panelConfig.ts'
import { GALLERY_NOW_MS, at, galleryConfig, gallerySnapshot, meeting } from './gallerySnapshot.ts'

/** One situation of a room, complete enough to draw. */
export interface Scenario {
  readonly config: PanelConfig
  /** Null while nothing was ever received. */
  readonly snapshot: RoomSnapshot | null
  readonly refusal?: ApiErrorCode
  /** What every press comes to; left out, it is done as it was asked. */
  readonly outcome?: ActionOutcome
}

interface DrawnScenario extends Scenario {
  readonly snapshot: RoomSnapshot
}

const morning = meeting(at(9), at(9, 30), '晨会', '李想')
const weekly = meeting(at(11, 30), at(12), '供应链周会', '王博')
const interview = meeting(at(13, 30), at(15), '用户访谈 第 4 场', '周琪')
const oneOnOne = meeting(at(15), at(15, 30), '一对一', '陈璐')
const review = meeting(at(16), at(18), 'Quarterly business review', 'Mei Lin')
const afternoon = [weekly, interview, oneOnOne, review]
const running = meeting(at(10), at(11), '版本评审：门牌终端 2.0 的离线行为与签到规则', '陈璐')

const localCheckIn = { ...defaultStatusRules.checkIn, mode: 'local' } as const
const stale = {
  freshness: { staleAtMs: GALLERY_NOW_MS - 30 * MINUTE_MS, unknownAtMs: GALLERY_NOW_MS - 20 * MINUTE_MS },
  fetchedAtMs: GALLERY_NOW_MS - 38 * MINUTE_MS,
} as const

/** Everything a door can offer. */
export const allActions: PanelConfig['actions'] = {
  checkIn: 'anyone',
  book: 'anyone',
  extend: 'anyone',
  end: 'anyone',
}
const capabilities: RoomSnapshot['capabilities'] = {
  ...gallerySnapshot.capabilities,
  actions: { canBook: true, extend: 'any', end: 'any', canRelease: true },
}
/** WeCom's half hours. */
const gridRoom: RoomSnapshot['room'] = {
  ...gallerySnapshot.room,
  bookingRules: { gridMinutes: 30, minMinutes: 30, maxMinutes: null, latestEndMs: null, refusal: null },
}

function scene(snapshot: Partial<RoomSnapshot>, config: Partial<PanelConfig> = {}): DrawnScenario {
  return {
    config: { ...galleryConfig, actions: allActions, ...config },
    snapshot: { ...gallerySnapshot, capabilities, ...snapshot },
  }
}

/** Every state of the display, and the cases that have broken door panels before. */
export const scenarios = {
  free: scene({ meetings: [morning, meeting(at(11), at(12), '供应链周会', '王博'), ...afternoon.slice(1)] }),
  soon: scene({
    meetings: [morning, meeting(at(10, 25), at(11, 30), '供应链周会', '王博'), ...afternoon.slice(1)],
  }),
  checkIn: scene(
    { meetings: [morning, { ...running, startMs: at(10, 15) }, ...afternoon] },
    { rules: { ...defaultStatusRules, checkIn: { ...localCheckIn, isReleaseOn: true } } },
  ),
  busy: scene({ meetings: [morning, running, ...afternoon] }),
  pending: scene({
    meetings: [morning, meeting(at(10), at(11), '客户来访', '王博', { state: 'pending' }), ...afternoon],
  }),
  outOfService: scene({
    meetings: [morning, interview],
    closures: [{ fromMs: at(8), untilMs: at(42), reason: '空调检修，请联系行政 8001' }],
  }),
  unknown: scene({
    meetings: [morning, ...afternoon],
    ...stale,
    health: { kind: 'stale', sinceMs: GALLERY_NOW_MS - 38 * MINUTE_MS, reason: 'network' },
  }),
  unconfigured: {
    config: { ...galleryConfig, core: { kind: 'unconfigured' }, platform: null, rooms: [] },
    snapshot: null,
  },
  starting: {
    config: { ...galleryConfig, core: { kind: 'starting' }, platform: null, rooms: [] },
    snapshot: null,
  },
  broken: {
    config: { ...galleryConfig, core: { kind: 'broken', why: 'settingsInvalid' }, platform: null, rooms: [] },
    snapshot: null,
  },

  freeAllDay: scene({ meetings: [morning] }),
  freeOwnOnly: scene({ meetings: [interview], evidence: { kind: 'occupancy', state: 'idle' } }),
  checkInEarly: scene(
    { meetings: [morning, meeting(at(10, 25), at(11, 30), '供应链周会', '王博'), ...afternoon] },
    { rules: { ...defaultStatusRules, checkIn: localCheckIn } },
  ),
  busyEnglish: scene({
    room: {
      ...gallerySnapshot.room,
      name: 'Hangzhou West Lake Conference Room 3F-01 (Building A)',
      equipment: ['tv', 'phone', 'projector', 'whiteboard', 'video', { other: 'Height-adjustable lectern' }],
      needsApproval: true,
    },
    meetings: [
      morning,
      meeting(
        at(9, 45),
        at(11),
        'Cross-functional alignment on the supply-chain resilience programme and its quarterly budget review',
        'Alexandra Konstantinopoulou',
      ),
      ...afternoon,
    ],
  }),
  busyLongChinese: scene({
    meetings: [
      morning,
      {
        ...running,
        title:
          '关于加强集团各事业部二〇二六年第四季度跨区域供应链协同与应急保障能力建设专题部署会议（第三次扩大会议）',
        organizer: '欧阳诸葛明月',
      },
      ...afternoon,
    ],
  }),
  busyFollowed: scene({
    meetings: [morning, running, meeting(at(11), at(12), '供应链周会', '王博'), ...afternoon.slice(1)],
  }),
  busyPrivate: scene({ meetings: [{ ...running, title: null, organizer: null, isPrivate: true }] }),
  busyByName: scene({ meetings: [{ ...running, title: null }, ...afternoon] }),
  busyDevice: scene({ meetings: [interview], evidence: { kind: 'occupancy', state: 'inUse' } }),
  busyStale: scene({
    meetings: [morning, running, ...afternoon],
    ...stale,
    health: { kind: 'stale', sinceMs: GALLERY_NOW_MS - 38 * MINUTE_MS, reason: 'ipNotAllowed' },
  }),
  busyOverlap: scene({
    meetings: [
      meeting(at(0), at(24), '驻场支持', '外包团队', { isAllDay: true }),
      running,
      meeting(at(10, 30), at(11, 30), '临时占用', '周琪', { state: 'tentative' }),
      meeting(at(10, 45), at(11), '站会', '李想'),
      meeting(at(11), at(11, 15), '面试', '王博', { state: 'pending' }),
      interview,
    ],
  }),
  busyAllDay: scene({
    meetings: [meeting(at(0), at(24), '驻场支持', '外包团队', { isAllDay: true })],
  }),
  busyDense: scene({
    meetings: Array.from({ length: 28 }, (_none, index) =>
      meeting(at(9, index * 15), at(9, index * 15 + 15), `短会 ${index + 1}`, '周琪'),
    ),
  }),
  freeOnGrid: scene({ room: gridRoom, meetings: [morning, ...afternoon] }),
  freeByPin: scene({ meetings: [morning] }, { actions: { ...allActions, book: 'pin' } }),
  freeLost: {
    ...scene({ meetings: [morning, ...afternoon] }),
    outcome: { kind: 'refused', reason: 'taken' },
  },
  freeUnclear: { ...scene({ meetings: [morning, ...afternoon] }), outcome: { kind: 'unclear' } },
  soonLongGap: scene({
    meetings: [morning, meeting(at(10, 29), at(11, 30), '供应链周会', '王博'), ...afternoon.slice(1)],
  }),
  checkInLastMinute: scene(
    { meetings: [morning, meeting(at(10, 9, 42), at(11), '版本评审', '陈璐'), ...afternoon] },
    { rules: { ...defaultStatusRules, checkIn: { ...localCheckIn, isReleaseOn: true } } },
  ),
  busyNextCheckIn: scene(
    {
      meetings: [
        morning,
        meeting(at(9, 30), at(10, 25), '版本评审', '陈璐'),
        meeting(at(10, 25), at(11, 30), '供应链周会', '王博'),
      ],
      checkedInIds: [`${at(9, 30)}-${at(10, 25)}-版本评审`],
    },
    { rules: { ...defaultStatusRules, checkIn: localCheckIn } },
  ),
  checkInBoth: scene(
    {
      meetings: [
        morning,
        meeting(at(10, 10), at(10, 25), '站会', '陈璐'),
        meeting(at(10, 25), at(10, 40), '供应链周会', '王博'),
      ],
    },
    { rules: { ...defaultStatusRules, checkIn: localCheckIn } },
  ),
  busyVideo: scene({
    meetings: [
      morning,
      {
        ...running,
        video: {
          topic: '版本评审 · 远程',
          url: 'https://meeting.tencent.com/dm/8Xq2LmP4vT9c',
          isRunning: true,
        },
      },
      ...afternoon,
    ],
  }),
  unknownNever: scene({ fetchedAtMs: null, horizon: null, health: { kind: 'broken', reason: 'auth' } }),
  unreachable: { config: galleryConfig, snapshot: null, refusal: 'unavailable' },
} as const satisfies Record<string, Scenario>

/** A scenario's name, as the gallery's address has it. */
export type ScenarioName = keyof typeof scenarios
