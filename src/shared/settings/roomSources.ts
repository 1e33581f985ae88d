import { z } from 'zod'
import { platforms } from '../domain/platform.ts'
import type { Platform } from '../domain/platform.ts'

/** Where a WeCom room's bookings are. At least one of the three ids; an office room and its hardware may stand together. */
export const wecomRoomSourceSchema = z
  .strictObject({
    officeRoomId: z.int().positive().optional(),
    meetingRoomId: z.string().min(1).max(64).optional(),
    roomsId: z.string().min(1).max(64).optional(),
    isSoleBooker: z.boolean().prefault(false),
  })
  .refine(
    (source) =>
      source.officeRoomId !== undefined || source.meetingRoomId !== undefined || source.roomsId !== undefined,
    {
      error: 'needs officeRoomId (office room), or meetingRoomId or roomsId (Rooms hardware)',
    },
  )

/** A DingTalk room: the `roomId` of its meeting-room list. */
export const dingtalkRoomSourceSchema = z.strictObject({
  roomId: z.string().min(1, 'the roomId of the DingTalk room').max(128),
})

/** A Feishu room: its `room_id`, which begins with `omm_`. */
export const feishuRoomSourceSchema = z.strictObject({
  roomId: z
    .string()
    .regex(/^omm_[\w-]{1,120}$/, 'expected the room_id of the Feishu room, which begins with omm_'),
})

/** Where a room's bookings are, by platform. */
export const roomSourceSchemas = {
  wecom: wecomRoomSourceSchema,
  dingtalk: dingtalkRoomSourceSchema,
  feishu: feishuRoomSourceSchema,
} as const satisfies Record<Platform, z.ZodType>

/** As much of a document as its sources are checked by; the rest of it may still be wrong. */
const sourcesToCheck = z.object({
  account: z.object({ platform: z.enum(platforms) }),
  rooms: z.array(z.object({ source: z.record(z.string(), z.unknown()).nullable().catch(null) })),
})

/** Adds what is wrong with the rooms' sources, by the account's platform, whatever else the document gets wrong. */
export function checkRoomSources(document: unknown, context: z.RefinementCtx): void {
  const { account, rooms = [] } = sourcesToCheck.safeParse(document).data ?? {}
  if (!account) return
  rooms.forEach(({ source }, index) => {
    if (source === null) return
    for (const issue of roomSourceSchemas[account.platform].safeParse(source).error?.issues ?? []) {
      const path = ['rooms', index, 'source', ...issue.path]
      if (issue.code === 'unrecognized_keys') context.addIssue({ ...issue, input: source, path })
      else context.addIssue({ code: 'custom', message: issue.message, path })
    }
  })
}
