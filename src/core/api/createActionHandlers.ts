import type { DoorActions } from '../booking/DoorActions.ts'
import type { Caller } from './Caller.ts'
import type { Handlers } from './Handlers.ts'

type ActionRoute = 'meeting.checkIn' | 'checkIn.noteShown' | 'room.book' | 'meeting.extend' | 'meeting.end'

/**
 * What people do at the door.
 * @param actionsOf those of a room. @throws ApiFailure when there is no such room, or not for this caller
 */
export function createActionHandlers(
  actionsOf: (roomId: string, caller: Caller) => DoorActions,
): Pick<Handlers, ActionRoute> {
  return {
    'meeting.checkIn': (input, caller) => actionsOf(input.roomId, caller).checkIn(input),
    'checkIn.noteShown': (input, caller) => {
      actionsOf(input.roomId, caller).noteShown(input)
      return { isDone: true }
    },
    'room.book': (input, caller) => actionsOf(input.roomId, caller).book(input),
    'meeting.extend': (input, caller) => actionsOf(input.roomId, caller).extend(input),
    'meeting.end': (input, caller) => actionsOf(input.roomId, caller).end(input),
  }
}
