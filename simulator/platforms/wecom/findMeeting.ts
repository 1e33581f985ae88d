import type { OnlineMeeting } from '../../world/onlineMeeting.ts'
import type { World } from '../../world/World.ts'
import { WecomError, wecomCodes } from './wecomError.ts'

/**
 * A video meeting the app made (D:98149, D:99049). 90602 for what a person made is what developers report; 730005
 * and 730008 follow the code table.
 * @throws WecomError 90602 unknown or a person's, 730005 another app's, 730008 deleted
 */
export function findOwnMeeting(world: World, id: string): OnlineMeeting {
  const meeting = world.meetings.get(id)
  if (meeting === undefined || meeting.ownerAppId === null)
    throw new WecomError(wecomCodes.noSuchMeeting, 'meeting not found')
  if (meeting.ownerAppId !== world.tenant.app.id)
    throw new WecomError(wecomCodes.foreignMeeting, 'meeting was created by other app')
  if (meeting.state === 'ENDED') throw new WecomError(wecomCodes.deletedMeeting, 'meeting has been deleted')
  return meeting
}
