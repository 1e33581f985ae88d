import type { DoorActions } from '../booking/DoorActions.ts'
import type { Handlers } from './Handlers.ts'

type ActionRoute = 'meeting.checkIn' | 'checkIn.noteShown' | 'room.book' | 'meeting.extend' | 'meeting.end'

/**
 * What people do at the door.
 * @param actionsOf those of a room. @throws ApiFailure when there is no such room
 */
export function createActionHandlers(
  actionsOf: (roomId: string) => DoorActions,
): Pick<Handlers, ActionRoute> {
  return {
    'meeting.checkIn': (input) => actionsOf(input.roomId).checkIn(input),
    'checkIn.noteShown': (input) => {
      actionsOf(input.roomId).noteShown(input)
      return { isDone: true }
    },
    'room.book': (input) => actionsOf(input.roomId).book(input),
    'meeting.extend': (input) => actionsOf(input.roomId).extend(input),
    'meeting.end': (input) => actionsOf(input.roomId).end(input),
  }
}
