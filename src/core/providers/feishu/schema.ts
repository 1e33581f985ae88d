import { z } from 'zod'
import { fromListTime, fromRfc3339 } from './vendorTime.ts'

/**
 * Feishu's answers as they arrive. Empty fields may be left out, so most are optional; a field of another type must end
 * in `badResponse`, never in an empty room.
 */

const text = z.string().nullish()

/** Every answer; success is `code` 0 and nothing else. */
export const envelopeSchema = z.object({
  code: z.int(),
  msg: z.string().catch(''),
  error: z
    .object({
      permission_violations: z
        .array(z.object({ subject: z.string().catch('') }).catch({ subject: '' }))
        .nullish(),
    })
    .nullish()
    .catch(null),
})

/** `auth/v3/tenant_access_token/internal`, flat; `expire` is what is left, in seconds. */
export const tokenSchema = z.object({
  code: z.literal(0),
  tenant_access_token: z.string().min(1),
  expire: z.int().positive(),
})

/** A good answer: everything stands under `data`. */
const answer = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.object({ code: z.literal(0), data: z.object(shape) })

const pageShape = { has_more: z.boolean().nullish(), page_token: text }

const roomStatusSchema = z.object({
  status: z.boolean().nullish(),
  disable_start_time: text,
  disable_end_time: text,
  disable_reason: text,
})

const roomSchema = z.object({
  room_id: z.string().min(1),
  name: z.string(),
  capacity: z.int().nullish(),
  path: z.array(z.string()).nullish(),
  room_status: roomStatusSchema.nullish(),
  device: z.array(z.object({ name: z.string().nullish() })).nullish(),
})

/** `vc/v1/rooms`. */
export const roomPageSchema = answer({ ...pageShape, rooms: z.array(roomSchema).nullish() })

/** `vc/v1/rooms/mget`. */
export const roomsSchema = answer({ items: z.array(roomSchema).nullish() })

/** `vc/v1/room_levels/mget`. */
export const levelsSchema = answer({
  items: z.array(z.object({ room_level_id: z.string().min(1), name: z.string(), parent_id: text })).nullish(),
})

/**
 * `meeting_room/freebusy/batch_get`. The rooms are parsed one by one with {@link busyItemsSchema}: one room's damaged
 * times must not spoil its neighbours.
 */
export const freebusySchema = answer({
  time_min: text,
  time_max: text,
  error_room_ids: z.array(z.string()).nullish(),
  free_busy: z.record(z.string(), z.unknown()).nullish(),
})

const instant = (parse: (value: string) => number | null) =>
  z.string().transform((value, context) => {
    const atMs = parse(value)
    if (atMs !== null) return atMs
    context.addIssue({ code: 'custom' })
    return z.NEVER
  })

const busyItemSchema = z
  .object({
    uid: z.string().min(1),
    original_time: z.int().nullish(),
    start_time: instant(fromRfc3339),
    end_time: instant(fromRfc3339),
    organizer_info: z.object({ name: text, open_id: text }).nullish(),
  })
  .refine(({ start_time, end_time }) => end_time >= start_time, { path: ['end_time'] })
  .transform(({ start_time: startMs, end_time: endMs, ...item }) => ({ ...item, startMs, endMs }))

/** One room's part of `free_busy`; what is empty may be left out elsewhere, but here stands a list. */
export const busyItemsSchema = z.array(busyItemSchema)

const reservationSchema = z
  .object({
    room_id: z.string().min(1),
    event_title: text,
    reserver: text,
    reserver_user_id: text,
    department_of_reserver: text,
    event_start_time: instant(fromListTime),
    event_end_time: instant(fromListTime),
    reservation_status: text,
    room_check_in_status: text,
    is_release_early: text,
    releasing_time: text,
  })
  .refine(({ event_start_time, event_end_time }) => event_end_time >= event_start_time, {
    path: ['event_end_time'],
  })
  .transform(({ event_start_time: startMs, event_end_time: endMs, ...row }) => ({ ...row, startMs, endMs }))

/** `vc/v1/resource_reservation_list`; every value is a text. */
export const reservationPageSchema = answer({
  ...pageShape,
  room_reservation_list: z.array(reservationSchema).nullish(),
})

/** `meeting_room/summary/batch_get`. */
export const summarySchema = answer({
  EventInfos: z
    .array(
      z.object({
        uid: z.string(),
        original_time: z.int().nullish(),
        summary: text,
        vchat: z.object({ vc_type: text, meeting_url: text }).nullish(),
      }),
    )
    .nullish(),
})

/** `vc/v1/meetings/list_by_no`; its password is not even read. */
export const meetingBriefsSchema = answer({
  ...pageShape,
  meeting_briefs: z.array(z.object({ id: text, topic: text, url: text })).nullish(),
})

/** Numbers of a room's rules come as numbers or as texts; one that is neither limits nothing we know of. */
const limit = z
  .union([
    z.number().nonnegative(),
    z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number),
  ])
  .nullish()
  .catch(null)

/** `vc/v1/reserve_configs/reserve_scope`. */
export const reserveConfigSchema = answer({
  approve_config: z
    .object({ approval_switch: limit, approval_condition: limit, meeting_duration: limit })
    .nullish(),
  time_config: z
    .object({
      time_switch: limit,
      days_in_advance: limit,
      start_time: limit,
      end_time: limit,
      max_duration: limit,
    })
    .nullish(),
  reserve_scope_config: z.object({ allow_all_users: limit }).nullish(),
})

/** `calendar/v4/calendars/primary`. */
export const calendarsSchema = answer({
  calendars: z.array(z.object({ calendar: z.object({ calendar_id: z.string().min(1) }) })).min(1),
})

/** An event made; its id is `<uid>_<original_time>`. */
export const eventSchema = answer({
  event: z.object({ event_id: z.string().regex(/^.+_\d{1,11}$/) }),
})

/** `…/attendees`; rooms are those with a `room_id`. */
export const attendeesSchema = answer({
  items: z.array(z.object({ room_id: text, rsvp_status: text })).nullish(),
})

/** An answer nobody needs more of than that it was good. */
export const doneSchema = z.object({ code: z.literal(0) })

/** See {@link roomPageSchema}. */
export type VendorRoom = z.infer<typeof roomSchema>
/** See {@link levelsSchema}. */
export type VendorLevel = NonNullable<z.infer<typeof levelsSchema>['data']['items']>[number]
/** See {@link busyItemsSchema}. Instants in epoch milliseconds. */
export type BusyItem = z.infer<typeof busyItemSchema>
/** See {@link reservationPageSchema}. Instants in epoch milliseconds. */
export type Reservation = z.infer<typeof reservationSchema>
/** See {@link summarySchema}. */
export type EventInfo = NonNullable<z.infer<typeof summarySchema>['data']['EventInfos']>[number]
/** See {@link meetingBriefsSchema}. */
export type MeetingBrief = NonNullable<z.infer<typeof meetingBriefsSchema>['data']['meeting_briefs']>[number]
/** See {@link reserveConfigSchema}. */
export type ReserveConfig = z.infer<typeof reserveConfigSchema>['data']
