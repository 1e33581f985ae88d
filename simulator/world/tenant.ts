import {
  createDingtalkApp,
  type DingtalkApp,
  type DingtalkQuirks,
  defaultDingtalkQuirks,
} from './dingtalkApp.ts'
import { createFeishuApp, defaultFeishuQuirks, type FeishuApp, type FeishuQuirks } from './feishuApp.ts'

export const grants = ['meetingroom', 'schedule', 'meeting', 'contacts'] as const
/** The groups of calls an administrator opens to an app. */
export type Grant = (typeof grants)[number]

/** The one app of the organisation that calls. */
export interface TenantApp {
  id: string
  corpId: string
  secret: string
  isEnabled: boolean
  grants: ReadonlySet<Grant>
  /** Whether the organisation's plan includes Rooms hardware and the advanced meeting calls. */
  hasAdvancedMeetings: boolean
  /** The switch that turns the meeting app of the organisation off altogether. */
  isMeetingAppOn: boolean
}

/** What differs from one real organisation to the next, and what no document settles. */
export interface Quirks extends DingtalkQuirks, FeishuQuirks {
  /** A day's answer carries entries that began on an earlier day. */
  listsEntriesBegunEarlier: boolean
  /** A day's answer carries cancelled bookings. */
  listsCancelled: boolean
  /** The app may cancel bookings that people made in the client. */
  mayCancelPeoplesBookings: boolean
  /** A day of a series is cancelled by the series' id alone; an occurrence's own is unknown to the call. */
  cancelsDaysBySeriesIdOnly: boolean
  /** Arrays where the documents have an object and the other way round, for one booking. */
  swapsScheduleShape: boolean
  /** Answers carry the old name `meeting_id` instead of `booking_id`. */
  usesLegacyIds: boolean
}

export interface Tenant {
  readonly app: TenantApp
  dingtalk: DingtalkApp
  readonly feishu: FeishuApp
  readonly quirks: Quirks
  /** The address the platform sees calls come from. */
  callerIp: string
  /** Null: every address may call. */
  allowedIps: readonly string[] | null
}

const defaultQuirks = (): Quirks => ({
  listsEntriesBegunEarlier: false,
  listsCancelled: false,
  mayCancelPeoplesBookings: false,
  cancelsDaysBySeriesIdOnly: false,
  swapsScheduleShape: false,
  usesLegacyIds: false,
  ...defaultDingtalkQuirks(),
  ...defaultFeishuQuirks(),
})

export const createTenant = (): Tenant => ({
  app: {
    id: '1000012',
    corpId: 'ww0123456789abcdef',
    secret: 'simulator-secret-wecom',
    isEnabled: true,
    grants: new Set(grants),
    hasAdvancedMeetings: true,
    isMeetingAppOn: true,
  },
  dingtalk: createDingtalkApp(),
  feishu: createFeishuApp(),
  quirks: defaultQuirks(),
  callerIp: '203.0.113.20',
  allowedIps: null,
})
