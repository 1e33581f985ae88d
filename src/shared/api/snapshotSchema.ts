import { z } from 'zod'
import { providerErrorKinds } from '../domain/providerErrorKind.ts'
import type { RoomSnapshot } from '../domain/roomSnapshot.ts'

const instant = z.number()

const rangeShape = { fromMs: instant, untilMs: instant }

const meetingSchema = z.strictObject({
  id: z.string(),
  startMs: instant,
  endMs: instant,
  title: z.string().nullable(),
  organizer: z.string().nullable(),
  department: z.string().nullable(),
  state: z.enum([
    'confirmed',
    'tentative',
    'pending',
    'unknown',
    'cancelled',
    'rejected',
    'declined',
    'released',
    'over',
  ]),
  isAllDay: z.boolean(),
  isRecurring: z.boolean(),
  isPrivate: z.boolean(),
  isOwn: z.boolean(),
  platformCheckIn: z.enum(['none', 'notOpen', 'open', 'checkedIn', 'missed']),
  releasedAtMs: instant.nullable(),
  video: z
    .strictObject({ topic: z.string().nullable(), url: z.string().nullable(), isRunning: z.boolean() })
    .nullable(),
})

const roomSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  capacity: z.number().nullable(),
  location: z.array(z.string()),
  equipment: z.array(
    z.union([
      z.enum(['tv', 'phone', 'projector', 'whiteboard', 'video']),
      z.strictObject({ other: z.string() }),
    ]),
  ),
  needsApproval: z.boolean(),
  bookingRules: z
    .strictObject({
      gridMinutes: z.number().nullable(),
      minMinutes: z.number(),
      maxMinutes: z.number().nullable(),
      latestEndMs: instant.nullable(),
      refusal: z.enum(['approval', 'closed', 'permission', 'unsupported']).nullable(),
    })
    .exactOptional(),
})

const actionReach = z.enum(['any', 'own', 'none'])
const faultShape = { reason: z.enum(providerErrorKinds), resumesAtMs: instant.optional() }

/** A snapshot as it is stored and as it crosses a transport. */
export const roomSnapshotSchema: z.ZodType<RoomSnapshot> = z.strictObject({
  revision: z.int(),
  room: roomSchema,
  meetings: z.array(meetingSchema),
  closures: z.array(z.strictObject({ ...rangeShape, reason: z.string().nullable() })),
  horizon: z.strictObject(rangeShape).nullable(),
  evidence: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('complete') }),
    z.strictObject({ kind: z.literal('occupancy'), state: z.enum(['idle', 'inUse', 'unknown']) }),
  ]),
  freshness: z.strictObject({ staleAtMs: instant, unknownAtMs: instant }),
  fetchedAtMs: instant.nullable(),
  serverTimeOffsetMs: z.number(),
  health: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('ok') }),
    z.strictObject({ kind: z.literal('stale'), sinceMs: instant, ...faultShape }),
    z.strictObject({ kind: z.literal('broken'), ...faultShape }),
    z.strictObject({ kind: z.literal('unconfigured') }),
  ]),
  capabilities: z.strictObject({
    titles: z.enum(['all', 'own', 'none']),
    organizers: z.boolean(),
    approval: z.boolean(),
    platformCheckIn: z.boolean(),
    actions: z
      .strictObject({
        canBook: z.boolean(),
        extend: actionReach,
        end: actionReach,
        canRelease: z.boolean(),
      })
      .exactOptional(),
  }),
  checkedInIds: z.array(z.string()),
})
