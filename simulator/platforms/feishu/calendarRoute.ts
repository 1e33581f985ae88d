import type { Fields } from '../../http/fields.ts'
import type { FeishuScope } from '../../world/feishuApp.ts'
import type { World } from '../../world/World.ts'
import { FeishuError, feishuCodes } from './feishuError.ts'
import { calendarIdOf } from './feishuIds.ts'
import type { FeishuCall, FeishuRoute } from './FeishuRoute.ts'
import { pathText } from './vcRoute.ts'

export interface CalendarRoute {
  readonly method: FeishuRoute['method']
  /** What follows `/open-apis/calendar/v4/`. */
  readonly path: string
  readonly scopes: readonly FeishuScope[]
  readonly handle: FeishuRoute['handle']
}

/** An app without a bot has no calendar. */
const withBot =
  (handle: FeishuRoute['handle']): FeishuRoute['handle'] =>
  (call: FeishuCall) => {
    if (!call.world.tenant.feishu.hasBot) throw new FeishuError(feishuCodes.noBot, 'app bot_id not found')
    return handle(call)
  }

/** A call of the calendar family as the app itself. */
export const calendarRoute = ({ method, path, scopes, handle }: CalendarRoute): FeishuRoute => ({
  method,
  path: `/open-apis/calendar/v4/${path}`,
  scopes,
  pace: 'level4',
  isMetered: true,
  badParameter: feishuCodes.badCalendarRequest,
  msg: 'success',
  handle: withBot(handle),
})

/**
 * The app has its own calendar and sees no other. That `primary` stands for it is in the official tools, not in the
 * documents.
 */
export function checkCalendar(world: World, params: Fields): void {
  const id = pathText(params, 'calendar_id')
  if (id === 'primary' || id === calendarIdOf(world)) return
  if (/^[\w.]+@group\.calendar\.feishu\.cn$/.test(id))
    throw new FeishuError(feishuCodes.noSuchCalendar, 'calendar not found')
  throw new FeishuError(feishuCodes.badCalendarId, 'invalid calendar_id')
}
