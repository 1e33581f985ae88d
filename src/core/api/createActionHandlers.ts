import type { ActionOutcome } from '../../shared/domain/action.ts'
import type { Handlers } from './Handlers.ts'

type ActionRoute = 'meeting.checkIn' | 'checkIn.noteShown' | 'room.book' | 'meeting.extend' | 'meeting.end'

const unsupported: ActionOutcome = { kind: 'refused', reason: 'unsupported' }

/** What people do at the door. */
export function createActionHandlers(): Pick<Handlers, ActionRoute> {
  return {
    'meeting.checkIn': () => unsupported,
    'checkIn.noteShown': () => ({ isDone: true }),
    'room.book': () => unsupported,
    'meeting.extend': () => unsupported,
    'meeting.end': () => unsupported,
  }
}
