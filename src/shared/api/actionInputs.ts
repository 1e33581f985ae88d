import { z } from 'zod'

const meetingShape = {
  roomId: z.string().max(64),
  meetingId: z.string().min(1).max(512),
}

/** Asked for only where `PanelConfig.actions` says `pin`; null everywhere else. */
const pin = z.string().max(12).nullable()

/** Made by the screen, once for each press; the same press sent again carries the same one. */
const pressId = z.uuid().transform((id) => id.toLowerCase())

const minutes = z.int().min(1).max(1_440)

/** Keep the meeting: somebody is here. */
export const checkInInput = z.strictObject({ ...meetingShape, pin })

/** The check-in button of this meeting is on a screen at this moment. */
export const shownInput = z.strictObject(meetingShape)

/**
 * Book the room. `startMs` null means now. The start of a range that was offered is kept or refused, never moved behind
 * the reader's back, so a screen that has shown a range sends that range's start. `minutes` null means until the next meeting.
 */
export const bookInput = z.strictObject({
  roomId: z.string().max(64),
  startMs: z.int().nullable(),
  minutes: minutes.nullable(),
  pin,
  pressId,
})

/** Let the running meeting end this much later. */
export const extendInput = z.strictObject({ ...meetingShape, minutes, pin, pressId })

/** Give the rest of the running meeting back. */
export const endInput = z.strictObject({ ...meetingShape, pin, pressId })
