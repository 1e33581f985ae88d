import { z } from 'zod'

/**
 * DingTalk's answers as they arrive. Lenient on fields we do not use, strict on those we do: a field of the wrong type
 * must end in `badResponse`, never in an empty room. `D:slug` is `open.dingtalk.com/document/development/<slug>`.
 */

/** `oauth2/accessToken` (D:obtain-the-access-token-of-an-internal-app): `expireIn`, in seconds. */
export const tokenSchema = z.object({ accessToken: z.string().min(1), expireIn: z.int().positive() })

const text = z.string().nullish()
/** Numbers the documents call Long, and some servers send as text. */
const long = z.union([
  z.int(),
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
])

const roomShape = {
  roomId: z.string().min(1),
  roomName: z.string(),
  roomCapacity: z.int().nullish(),
  roomLabels: z.array(z.object({ labelId: long, labelName: text })).nullish(),
  roomLocation: z.object({ title: text, desc: text }).nullish(),
  roomGroup: z.object({ groupName: text }).nullish(),
}

const roomSchema = z.object(roomShape)

/**
 * `rooms/meetingRoomLists` (D:check-the-meeting-room-list). The cursor is a Long: what a number cannot carry exactly
 * must not be sent back rounded, which `z.int()` sees to.
 */
export const roomPageSchema = z.object({
  hasMore: z.boolean(),
  nextToken: z.union([z.int(), z.string()]).nullish(),
  result: z.array(roomSchema),
})

/** Left out, null, 0 or empty: for ever. */
const closeEnd = z
  .union([z.int(), z.literal('')])
  .nullish()
  .transform((endMs) => (typeof endMs === 'number' && endMs > 0 ? endMs : null))

const detailSchema = z.object({
  ...roomShape,
  extensionConfig: z
    .object({
      openReservation: z.boolean().nullish(),
      minReservationTimeInterval: z.int().nullish(),
      maxReservationTimeInterval: z.int().nullish(),
      advanceReservation: z
        .object({ advanceReservationTime: z.int(), advanceReservationTimeUnit: z.string() })
        .nullish()
        .catch(null),
      reservationCloseDetail: z
        .object({ taskStartTime: z.int().nullish(), taskEndTime: closeEnd, closeReason: text })
        .nullish(),
      approvalSwitch: z.boolean().nullish(),
    })
    .nullish(),
})

/** `rooms/meetingRooms/{roomId}` (D:check-meeting-room-details). */
export const roomDetailSchema = z.object({ result: detailSchema })

/**
 * `meetingRooms/schedules/query` (D:queries-free-and-busy-meeting-room-information). The items are parsed room by room
 * with {@link busyItemsSchema}: one room's damaged list must not spoil its neighbours.
 */
export const scheduleSchema = z.object({
  scheduleInformation: z.array(
    z.object({ roomId: z.string().min(1), error: text, scheduleItems: z.unknown() }),
  ),
})

const OFFSET_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/

/** An instant with its offset, or a whole day. Without either it is no time at all. */
const pointSchema = z
  .object({ dateTime: text, date: text, timeZone: text })
  .transform(({ dateTime, date, timeZone }, context) => {
    const isDay = !dateTime
    const written = isDay ? `${date ?? ''}T00:00:00Z` : dateTime
    const atMs = OFFSET_TIME.test(written) ? Date.parse(written) : NaN
    if (!Number.isNaN(atMs)) return { atMs, timeZone: timeZone ?? null, isDay }
    context.addIssue({ code: 'custom', path: ['dateTime'] })
    return z.NEVER
  })

const busyItemSchema = z
  .object({
    eventId: z.string().min(1),
    status: z.string(),
    organizer: z.object({ id: text }).nullish(),
    start: pointSchema,
    end: pointSchema,
  })
  .refine(({ start, end }) => end.atMs >= start.atMs, { path: ['end'] })

/** One room's bookings. Empty is a free room; missing is not. */
export const busyItemsSchema = z.array(busyItemSchema)

/**
 * `events/{eventId}` (D:query-details-about-an-event). Every event has a summary when it is made: one that comes without
 * is hidden from us. Times and rooms matter to writes alone, which refuse what does not tell them; a title does not fail
 * for want of them.
 */
export const eventSchema = z.object({
  id: z.string().min(1),
  summary: text,
  start: pointSchema.nullish().catch(null),
  end: pointSchema.nullish().catch(null),
  meetingRooms: z
    .array(z.object({ roomId: z.string().min(1), responseStatus: text }))
    .nullish()
    .catch(null),
  organizer: z.object({ displayName: text }).nullish(),
  seriesMasterId: text,
  recurrence: z.unknown().optional(),
  onlineMeetingInfo: z.unknown().optional(),
})

/** `POST events` (D:create-schedule): the new event's id. */
export const createdSchema = z.object({ id: z.string().min(1) })

/** `events/{eventId}/meetingRooms` (D:add-a-meeting-room). Anything but true is no yes: the calendar is asked. */
export const roomAddedSchema = z.object({ result: z.literal(true) })

/** `events/{eventId}/signInLinks` (D:api-getsigninlink). */
export const signInLinkSchema = z.object({ signInLink: z.string().min(1) })

/** `topapi/user/getbyunionid` (D:query-a-user-by-the-union-id). */
export const userIdSchema = z.object({ result: z.object({ userid: z.string().min(1) }) })

/** `topapi/v2/user/get`, of which the name is all a door needs. */
export const userSchema = z.object({ result: z.object({ name: z.string() }) })

/** See {@link roomPageSchema}. */
export type VendorRoom = z.infer<typeof roomSchema>
/** See {@link roomDetailSchema}. */
export type VendorRoomDetail = z.infer<typeof detailSchema>
/** See {@link busyItemsSchema}. */
export type BusyItem = z.infer<typeof busyItemSchema>
/** See {@link eventSchema}. */
export type VendorEvent = z.infer<typeof eventSchema>
/** See {@link scheduleSchema}. */
export type RoomSchedule = z.infer<typeof scheduleSchema>['scheduleInformation'][number]
