import { z } from 'zod'
import { directoryLimits } from '../domain/directory.ts'
import { accountSchema } from '../settings/schema.ts'

/** A PIN is typed on a number pad; its length is its strength. */
export const pinSchema = z.string().regex(/^\d{6,12}$/, 'expected 6 to 12 digits')

/** Secrets on their way in. An absent or empty one keeps what is stored. */
export const secretsInput = z.record(z.string().max(64), z.string().max(512))

/** An account that may not be saved yet, with the secrets typed so far. Null stands for the stored account. */
export const draftInput = z.strictObject({ account: accountSchema.nullable(), secrets: secretsInput })

const limits = directoryLimits
const place = z.string().trim().max(limits.place)

/** A room of WeCom's directory, within {@link directoryLimits}. */
export const directoryRoomInput = z
  .strictObject({
    name: z
      .string()
      .trim()
      .min(1, 'a room needs a name')
      .max(limits.name, `at most ${limits.name} characters`),
    capacity: z.int('expected a whole number').min(1, 'at least one seat').max(limits.seats),
    city: place,
    building: place,
    floor: place,
    equipment: z.array(z.int().min(1)).max(20),
    latitude: z.string().regex(/^$|^-?\d{1,2}(\.\d{1,10})?$/, 'expected degrees such as 30.2084'),
    longitude: z.string().regex(/^$|^-?\d{1,3}(\.\d{1,10})?$/, 'expected degrees such as 120.212'),
    /** Who may book: null leaves it as it is (add: the whole company); lists replace the old range. */
    range: z
      .strictObject({
        userIds: z
          .array(z.string().min(1).max(limits.userId))
          .max(limits.rangeEntries, `at most ${limits.rangeEntries} people`),
        departmentIds: z
          .array(z.int().min(1))
          .max(limits.rangeEntries, `at most ${limits.rangeEntries} departments`),
      })
      .nullable(),
  })
  .superRefine((room, context) => {
    const parts = [room.city, room.building, room.floor]
    if (parts.some((part) => part !== '') && parts.some((part) => part === '')) {
      context.addIssue({
        code: 'custom',
        path: ['floor'],
        message: 'city, building and floor go together: all three or none',
      })
    }
    if ((room.latitude === '') !== (room.longitude === '')) {
      context.addIssue({ code: 'custom', path: ['longitude'], message: 'latitude and longitude go together' })
    }
  })
