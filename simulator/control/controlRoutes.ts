import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify'

import { FieldError } from '../http/fields.ts'
import { addBookingControl } from './bookingControl.ts'
import { addClosureControl } from './closureControl.ts'
import { addFeishuControl } from './feishuControl.ts'
import { NotThereError } from './findControlled.ts'
import { addMeetingControl } from './meetingControl.ts'
import { addPlaceControl } from './placeControl.ts'
import { addScheduleControl } from './scheduleControl.ts'
import { addServerControl } from './serverControl.ts'
import { type Controlled, stateView } from './stateView.ts'

/** Bad input is 400 with the field's name; what does not exist is 404. */
function answerError(error: FastifyError | FieldError | NotThereError, reply: FastifyReply) {
  if (error instanceof FieldError) return reply.code(400).send({ error: error.message, field: error.field })
  if (error instanceof NotThereError) return reply.code(404).send({ error: error.message })
  return reply.code(error.statusCode ?? 500).send({ error: error.message })
}

/** Everything under `/__sim`. */
export function addControlRoutes(server: FastifyInstance, controlled: Controlled): void {
  // `curl -X POST` without a body must do, whatever type it claims.
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    try {
      const parsed: unknown = body === '' ? {} : JSON.parse(String(body))
      done(null, parsed)
    } catch {
      done(new FieldError('the body', 'JSON'), undefined)
    }
  })
  server.setErrorHandler<FastifyError | FieldError | NotThereError>((error, _request, reply) =>
    answerError(error, reply),
  )
  server.get('/__sim/state', () => stateView(controlled))
  addBookingControl(server, controlled.world)
  addMeetingControl(server, controlled.world)
  addPlaceControl(server, controlled.world)
  addClosureControl(server, controlled.world)
  addScheduleControl(server, controlled.world)
  addServerControl(server, controlled)
  addFeishuControl(server, controlled.world)
}
