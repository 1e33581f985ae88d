import { SECOND_MS } from '../domain/duration.ts'
import type { RouteName } from './routes.ts'

/** Whether the core answers a route by itself, or may first have to ask the platform, perhaps many times. */
export type Patience = 'quick' | 'long'

/** How patient a screen must be with each route. Free of zod, so that a screen may look it up. */
export const patienceOf: Readonly<Record<RouteName, Patience>> = {
  'panel.open': 'quick',
  'room.getSnapshot': 'quick',
  'room.refresh': 'quick',
  'meeting.checkIn': 'long',
  'checkIn.noteShown': 'quick',
  'room.book': 'long',
  'meeting.extend': 'long',
  'meeting.end': 'long',
  'session.getState': 'quick',
  'session.setPin': 'quick',
  'session.unlock': 'quick',
  'session.changePin': 'quick',
  'session.touch': 'quick',
  'session.lock': 'quick',
  'provisioning.look': 'long',
  'provisioning.take': 'long',
  'settings.get': 'long',
  'settings.save': 'long',
  'settings.read': 'quick',
  'settings.export': 'quick',
  'connection.test': 'long',
  'rooms.search': 'long',
  'directory.listRooms': 'long',
  'directory.addRoom': 'long',
  'directory.editRoom': 'long',
  'directory.deleteRoom': 'long',
  'diagnostics.get': 'long',
  'diagnostics.runChecks': 'long',
  'diagnostics.exportLog': 'long',
  'kiosk.exit': 'quick',
}

/** How long a transport waits for an answer. */
export const answerWithinMs: Readonly<Record<Patience, number>> = {
  quick: 15 * SECOND_MS,
  long: 120 * SECOND_MS,
}

/** How long the core may take over the steps of a press: reads the room, writes, and reads the room again. */
export const pressStepsMs = {
  read: 15 * SECOND_MS,
  write: 30 * SECOND_MS,
  /** For a platform that is told to stop and does not. */
  writeGrace: 2 * SECOND_MS,
} as const

/** The longest the core may take over a press; the disk's part of it is small change. */
export const CORE_PRESS_MS = 2 * pressStepsMs.read + pressStepsMs.write + pressStepsMs.writeGrace

/** A press that nobody answered for this long is given up by the screen: never before the core has given it up. */
export const SCREEN_PRESS_MS = CORE_PRESS_MS + 3 * SECOND_MS

/** An admin's session ends after this long without a request, and the settings close after this long without a touch. */
export const SESSION_IDLE_MS = 180 * SECOND_MS
