/** Lengths of time in milliseconds, so that a number of them reads as what it is. */
export const SECOND_MS = 1_000
/** See {@link SECOND_MS}. */
export const MINUTE_MS = 60 * SECOND_MS
/** See {@link SECOND_MS}. */
export const HOUR_MS = 60 * MINUTE_MS
/** See {@link SECOND_MS}. 24 hours; a day of the calendar may be longer or shorter. */
export const DAY_MS = 24 * HOUR_MS
