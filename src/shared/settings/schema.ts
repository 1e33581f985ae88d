import { z } from 'zod'
import { actionAccesses } from '../domain/action.ts'
import { privacyLevels } from '../domain/privacy.ts'
import { isKnownZone } from '../domain/zonedTime.ts'
import type {
  dingtalkRoomSourceSchema,
  feishuRoomSourceSchema,
  wecomRoomSourceSchema,
} from './roomSources.ts'
import { checkRoomSources, roomSourceSchemas } from './roomSources.ts'

/** Bumped with every change that an older file cannot express; `src/core/settings` migrates. */
export const SETTINGS_VERSION = 1

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected HH:MM, e.g. 08:30')

const baseUrl = z
  .url({ protocol: /^https?$/, error: 'expected an http(s) address, e.g. https://qyapi.weixin.qq.com' })
  .refine((value) => !value.includes('?') && !value.includes('#'), 'must have no query and no fragment')
  .transform((value) => value.replace(/\/+$/, ''))

/** WeCom account. Its secret is not here: it is `wecom.corpSecret` in the secret store. */
const wecomAccountSchema = z.strictObject({
  platform: z.literal('wecom'),
  baseUrl: baseUrl.prefault('https://qyapi.weixin.qq.com'),
  corpId: z.string().min(1, 'the corpid stands in the WeCom console under 我的企业 > 企业信息').max(64),
  /** userid of the service person in whose name the door books; without it the door cannot book. */
  bookerUserId: z.string().min(1).max(64).optional(),
})

/**
 * What the vendor lets an organisation call. DingTalk and Feishu count every call of every app of the organisation in
 * a calendar month, so a panel may only spend its share.
 */
const callQuota = (monthlyCalls: number) => ({
  /** Calls a month the organisation's edition allows (its own bill tells); null where it sets no limit. */
  monthlyCalls: z.int().min(100).max(100_000_000).nullable().prefault(monthlyCalls),
  /** How many Doorplate installations draw on it; this one spends its even share. A host with many rooms is one. */
  sharedByPanels: z.int().min(1).max(10_000).prefault(1),
})

/** DingTalk account. Its secret is `dingtalk.clientSecret` in the secret store. */
const dingtalkAccountSchema = z.strictObject({
  platform: z.literal('dingtalk'),
  baseUrl: baseUrl.prefault('https://api.dingtalk.com'),
  /** Of the older `topapi` calls; where absent it follows `baseUrl` (`api.` becomes `oapi.`, any other stays itself). */
  oapiBaseUrl: baseUrl.optional(),
  clientId: z.string().min(1, 'the Client ID (AppKey) stands in the app under 凭证与基础信息').max(128),
  /** The person every room is read as: DingTalk asks for one. */
  operatorUnionId: z.string().min(1, 'the unionId of an employee who may see the rooms').max(128),
  /** unionId of the service person in whose name the door books; without it the door cannot book. */
  bookerUnionId: z.string().min(1).max(128).optional(),
  ...callQuota(5_000),
})

/** Feishu or Lark account. Its secret is `feishu.appSecret` in the secret store. */
const feishuAccountSchema = z.strictObject({
  platform: z.literal('feishu'),
  baseUrl: baseUrl.prefault('https://open.feishu.cn'),
  appId: z.string().min(1, 'the App ID (cli_...) stands in the app under 凭证与基础信息').max(128),
  /** open_id of the contact person of the door's bookings; without it the door cannot book. */
  bookerOpenId: z.string().min(1).max(128).optional(),
  ...callQuota(10_000),
})

/** One account per site; a further platform is one more member. */
export const accountSchema = z.discriminatedUnion('platform', [
  wecomAccountSchema,
  dingtalkAccountSchema,
  feishuAccountSchema,
])

const actionAccess = z.enum(actionAccesses)

const checkInFields = {
  mode: z.enum(['off', 'platform', 'local']),
  opensBeforeMinutes: z.int().min(0).max(60),
  closesAfterMinutes: z.int().min(1).max(60),
  /** Give a meeting back when nobody checked in to it, where that is fair (docs/check-in.md). */
  isReleaseOn: z.boolean(),
}

const checkInSchema = z.strictObject({
  mode: checkInFields.mode.prefault('platform'),
  opensBeforeMinutes: checkInFields.opensBeforeMinutes.prefault(10),
  closesAfterMinutes: checkInFields.closesAfterMinutes.prefault(10),
  isReleaseOn: checkInFields.isReleaseOn.prefault(false),
})

const actionsFields = {
  checkIn: actionAccess,
  book: actionAccess,
  extend: actionAccess,
  end: actionAccess,
  /** Title of the bookings made at the door. */
  title: z.string().trim().min(1).max(60),
}

const actionsSchema = z.strictObject({
  checkIn: actionsFields.checkIn.prefault('anyone'),
  book: actionsFields.book.prefault('anyone'),
  extend: actionsFields.extend.prefault('anyone'),
  end: actionsFields.end.prefault('anyone'),
  title: actionsFields.title.prefault('现场预订'),
})

const displayFields = {
  language: z.enum(['zh-CN', 'en-US']),
  theme: z.enum(['auto', 'light', 'dark']),
  hourCycle: z.enum(['24', '12']),
  privacy: z.enum(privacyLevels),
  soonMinutes: z.int().min(0).max(60),
}

const displaySchema = z.strictObject({
  language: displayFields.language.prefault('zh-CN'),
  theme: displayFields.theme.prefault('auto'),
  hourCycle: displayFields.hourCycle.prefault('24'),
  privacy: displayFields.privacy.prefault('full'),
  soonMinutes: displayFields.soonMinutes.prefault(10),
})

/** What an admin may decide for one room alone: the same fields as the site's, none with a default of its own. */
const overridesSchema = z.strictObject({
  display: z.strictObject(displayFields).partial().optional(),
  checkIn: z.strictObject(checkInFields).partial().optional(),
  actions: z.strictObject(actionsFields).partial().optional(),
})

const roomSchema = z.strictObject({
  id: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9-]{0,62}$/,
      'expected lower-case letters, digits and dashes: it is part of the address',
    ),
  /** Shown instead of the platform's name. */
  name: z.string().min(1).max(60).optional(),
  /** Read by the schema of the account's platform, see {@link roomSourceSchemas}. */
  source: z.record(z.string(), z.unknown()),
  /** Laid over what the site says, field by field; see `settingsOfRoom`. */
  overrides: overridesSchema.optional(),
})

const kioskSchema = z.strictObject({
  /** The screen to fill, counted from 1 as the system lists them; null is the primary one. */
  displayNumber: z.int().min(1).max(9).nullable().prefault(null),
  isAlwaysOnTop: z.boolean().prefault(true),
  /** Start with the session, where the operating system lets an app decide (Windows). */
  isAutostarted: z.boolean().prefault(true),
  /** A supervised restart in an idle hour of the night. */
  isRestartedNightly: z.boolean().prefault(true),
})

const officeHoursSchema = z.strictObject({
  /** Days of the week, Sunday 0 to Saturday 6. */
  days: z.array(z.int().min(0).max(6)).prefault([1, 2, 3, 4, 5]),
  from: timeOfDay.prefault('08:00'),
  until: timeOfDay.prefault('20:00'),
})

const pollingSchema = z.strictObject({
  /** The interval wished for in office hours; the call budget may stretch it. */
  intervalSeconds: z.int().min(10).max(3600).prefault(30),
  quietIntervalSeconds: z.int().min(30).max(7200).prefault(300),
  /** How long an empty plan may be read as a free room without a successful read; three intervals if that is longer. */
  unknownAfterMinutes: z.int().min(1).max(60).prefault(15),
})

/** Everything an admin decides, without secrets. Unknown fields are errors: a typing mistake must not be a silent default. */
export const settingsSchema = z
  .strictObject({
    version: z.literal(SETTINGS_VERSION),
    timeZone: z
      .string()
      .refine(
        isKnownZone,
        'is not a time zone this machine knows; expected an IANA name such as Asia/Shanghai',
      )
      .prefault('Asia/Shanghai'),
    account: accountSchema,
    rooms: z.array(roomSchema).min(1, 'at least one room is needed').max(200),
    /** The room shown where the address names none; the first one if absent. */
    defaultRoomId: z.string().optional(),
    display: displaySchema.prefault({}),
    checkIn: checkInSchema.prefault({}),
    /** What people may do at the door. */
    actions: actionsSchema.prefault({}),
    officeHours: officeHoursSchema.prefault({}),
    polling: pollingSchema.prefault({}),
    /** Read by the Electron panel only. */
    kiosk: kioskSchema.prefault({}),
  })
  .superRefine((settings, context) => {
    const seen = new Set<string>()
    settings.rooms.forEach(({ id }, index) => {
      if (seen.has(id))
        context.addIssue({
          code: 'custom',
          path: ['rooms', index, 'id'],
          message: 'stands twice: every room needs its own id',
        })
      seen.add(id)
    })
    if (settings.defaultRoomId !== undefined && !seen.has(settings.defaultRoomId)) {
      context.addIssue({
        code: 'custom',
        path: ['defaultRoomId'],
        message: 'names a room that is not in rooms',
      })
    }
  })
  // Even where other fields are wrong: an admin gets all there is to mend at once.
  .superRefine(checkRoomSources, { when: () => true })
  .transform((settings) => {
    const sourceSchema = roomSourceSchemas[settings.account.platform]
    return {
      ...settings,
      rooms: settings.rooms.map((room) => ({ ...room, source: sourceSchema.parse(room.source) })),
    }
  })

/** Parsed settings with every default filled in. */
export type Settings = z.infer<typeof settingsSchema>
/** See {@link accountSchema}. */
export type Account = z.infer<typeof accountSchema>
/** See {@link wecomAccountSchema}. */
export type WecomAccount = z.infer<typeof wecomAccountSchema>
/** See {@link dingtalkAccountSchema}. */
export type DingtalkAccount = z.infer<typeof dingtalkAccountSchema>
/** See {@link feishuAccountSchema}. */
export type FeishuAccount = z.infer<typeof feishuAccountSchema>
/** See {@link wecomRoomSourceSchema}. */
export type WecomRoomSource = z.infer<typeof wecomRoomSourceSchema>
/** See {@link dingtalkRoomSourceSchema}. */
export type DingtalkRoomSource = z.infer<typeof dingtalkRoomSourceSchema>
/** See {@link feishuRoomSourceSchema}. */
export type FeishuRoomSource = z.infer<typeof feishuRoomSourceSchema>
/** Where a bound room's bookings are; which kind it is follows from the account. */
export type RoomSource = WecomRoomSource | DingtalkRoomSource | FeishuRoomSource
/** One bound room of the settings. */
export type RoomSettings = Settings['rooms'][number]
