import type { FastifyInstance } from 'fastify'

import {
  type Fields,
  optional,
  readBoolean,
  readFilledText,
  readText,
  readTexts,
  refuseUnknown,
} from '../http/fields.ts'
import type { CalendarEntry } from '../world/calendarEntry.ts'
import { plainTraits } from '../world/eventTraits.ts'
import type { World } from '../world/World.ts'
import { bodyOf } from './controlInput.ts'
import { readRepeat, repeatFields } from './readRepeat.ts'
import { readSpan, spanFields } from './readSpan.ts'

const known = ['subject', 'organiser', 'attendees', 'ownApp', ...repeatFields, ...spanFields]

function addEntry(world: World, fields: Fields): CalendarEntry {
  refuseUnknown(fields, known)
  const span = readSpan(fields, world.clock.now(), null)
  const entry: CalendarEntry = {
    id: world.ids.next('', 29, 'AAA'),
    subject: optional(readText)(fields, 'subject') ?? '日程',
    description: '',
    location: '',
    organiserId: optional(readFilledText)(fields, 'organiser') ?? 'chenlu',
    attendeeIds: optional(readTexts)(fields, 'attendees') ?? [],
    ...span,
    isAllDay: false,
    isCancelled: false,
    isDeleted: false,
    repeat: readRepeat(fields, span.startMs),
    excludedDaysMs: [],
    ownerAppId: (optional(readBoolean)(fields, 'ownApp') ?? true) ? world.tenant.app.id : null,
    ...plainTraits,
  }
  world.entries.set(entry.id, entry)
  return entry
}

/** `/__sim/schedules`: calendar entries without a room yet, to book one for. */
export function addScheduleControl(server: FastifyInstance, world: World): void {
  server.post('/__sim/schedules', (request) => addEntry(world, bodyOf(request)))
}
