import { z } from 'zod'

/**
 * WeCom's answers as they arrive. Lenient on fields we do not use, strict on those we do: a field of the wrong type
 * must end in `badResponse`, never in an empty room.
 */

/** 2000-01-01 to the end of uint32: refuses milliseconds and zeroes that a mapping would turn into no time at all. */
const unixSeconds = z.int().min(946_684_800).max(4_294_967_295)
const flag = z.union([z.literal(0), z.literal(1)])

/** Every answer; a missing `errcode` is success (D:90313). */
export const envelopeSchema = z.object({ errcode: z.int().optional(), errmsg: z.string().catch('') })

/** `gettoken` (D:91039). */
export const tokenSchema = z.object({ access_token: z.string().min(1), expires_in: z.int().positive() })

const officeRoomSchema = z.object({
  meetingroom_id: z.int(),
  name: z.string(),
  capacity: z.int().nullish(),
  city: z.string().nullish(),
  building: z.string().nullish(),
  floor: z.string().nullish(),
  equipment: z.array(z.int()).nullish(),
  coordinate: z.object({ latitude: z.string(), longitude: z.string() }).optional().catch(undefined),
  need_approval: flag.nullish(),
})

/** `oa/meetingroom/list` (D:93619). */
export const officeRoomListSchema = z.object({ meetingroom_list: z.array(officeRoomSchema) })

/** `oa/meetingroom/add` (D:93619). */
export const roomAddedSchema = z.object({ meetingroom_id: z.int() })

/**
 * `oa/meetingroom/get_booking_info` (D:93620). The schedules are parsed one by one with {@link scheduleSchema}: one
 * room's damaged schedule must not spoil its neighbours.
 */
export const bookingInfoSchema = z.object({
  booking_list: z.array(z.object({ meetingroom_id: z.int(), schedule: z.unknown() })),
})

const bookingSchema = z
  .object({
    booking_id: z.string().min(1).optional(),
    /** The name of the same id before 2023. */
    meeting_id: z.string().min(1).optional(),
    start_time: unixSeconds,
    end_time: unixSeconds,
    booker: z.string(),
    status: z.int(),
  })
  .refine(({ start_time, end_time }) => end_time >= start_time, { path: ['end_time'] })
  .transform(({ booking_id, meeting_id, ...rest }, context) => {
    const id = booking_id ?? meeting_id
    if (id !== undefined) return { id, ...rest }
    context.addIssue({ code: 'custom', path: ['booking_id'] })
    return z.NEVER
  })

/** One room's bookings: an array, or one object where old servers had only one to tell. */
export const scheduleSchema = z.union([z.array(bookingSchema), bookingSchema.transform((one) => [one])])

const shapeOfBooked = { booking_id: z.string().min(1).optional(), meeting_id: z.string().min(1).optional() }

/** `oa/meetingroom/book` (D:93620); `meeting_id` as above. */
export const bookedSchema = z.object(shapeOfBooked).transform(({ booking_id, meeting_id }, context) => {
  const id = booking_id ?? meeting_id
  if (id !== undefined) return id
  context.addIssue({ code: 'custom', path: ['booking_id'] })
  return z.NEVER
})

const detailSchema = z.intersection(
  bookingSchema,
  z.object({ ...shapeOfBooked, master_booking_id: z.string().optional() }),
)

/** `oa/meetingroom/bookinfo/get` (D:93620): one booking, an object here, and the series it is of. */
export const bookingDetailSchema = z.object({
  schedule: z.union([detailSchema, z.tuple([detailSchema]).transform(([one]) => one)]),
})

/** `user/get` (D:90196), of which the name is all a door needs. */
export const personSchema = z.object({ name: z.string() })

const pageShape = { has_more: z.boolean(), next_cursor: z.string().nullish() }

const onlineMeetingSchema = z
  .object({
    meetingid: z.string().min(1).optional(),
    /** The name of the same id in an older version of the page. */
    meeting_id: z.string().min(1).optional(),
    subject: z.string().nullish(),
    status: z.string(),
    meeting_type: z.int().optional(),
    start_time: unixSeconds,
    end_time: unixSeconds,
  })
  .refine(({ start_time, end_time }) => end_time >= start_time, { path: ['end_time'] })
  .transform(({ meetingid, meeting_id, ...rest }, context) => {
    const id = meetingid ?? meeting_id
    if (id !== undefined) return { id, ...rest }
    context.addIssue({ code: 'custom', path: ['meetingid'] })
    return z.NEVER
  })

/** `meeting/rooms/list_meetings` (D:98796). */
export const meetingPageSchema = z.object({
  ...pageShape,
  meeting_info_list: z.array(onlineMeetingSchema),
})

const unitSchema = z.object({
  meeting_room_id: z.string().min(1),
  meeting_room_name: z.string(),
  meeting_room_location: z.string().nullish(),
  participant_number: z.int().nullish(),
  meeting_room_status: z.int(),
})

/** `meeting/rooms/list` (D:98795). */
export const unitPageSchema = z.object({ ...pageShape, meeting_room_list: z.array(unitSchema) })

/** `meeting/rooms/get_info` (D:98793); its passwords are not even read. */
export const unitInfoSchema = z.object({
  hardware_info: z.object({ meeting_room_status: z.int() }),
})

/** `meeting/rooms/list_devices` (D:98798). */
export const devicePageSchema = z.object({
  ...pageShape,
  device_info_list: z.array(
    z.object({
      meeting_room_id: z.string(),
      rooms_id: z.string().min(1),
      meeting_room_status: z.int(),
    }),
  ),
})

/** See {@link officeRoomListSchema}. */
export type OfficeRoom = z.infer<typeof officeRoomSchema>
/** See {@link scheduleSchema}. */
export type Booking = z.infer<typeof bookingSchema>
/** See {@link bookingDetailSchema}. */
export type BookingDetail = z.infer<typeof detailSchema>
/** See {@link meetingPageSchema}. */
export type OnlineMeeting = z.infer<typeof onlineMeetingSchema>
/** See {@link unitPageSchema}. */
export type RoomsUnit = z.infer<typeof unitSchema>
