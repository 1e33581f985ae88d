import { SECOND_MS } from './duration.ts'

/**
 * A touch on the screen reads the room anew when its data is older than this. The screen spares the core a question whose
 * answer it knows, and the core does not rely on it.
 */
export const TOUCH_AGE_MS = 30 * SECOND_MS
