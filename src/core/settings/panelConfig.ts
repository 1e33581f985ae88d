import type { ActionAccess, ActionName } from '../../shared/domain/action.ts'
import { MINUTE_MS } from '../../shared/domain/duration.ts'
import type { CorePorts } from '../ports/CorePorts.ts'
import type { ActionCapabilities } from '../../shared/domain/booking.ts'
import type { RoomId } from '../../shared/domain/room.ts'
import type { CoreStatus, PanelConfig } from '../../shared/settings/panelConfig.ts'
import type { StatusRules } from '../../shared/domain/statusRules.ts'
import { defaultStatusRules } from '../../shared/domain/statusRules.ts'
import type { Settings } from '../../shared/settings/schema.ts'
import { settingsOfRoom } from '../../shared/settings/sections.ts'
import type { RoomInForce } from '../../shared/settings/sections.ts'

/** The status rules an admin's settings amount to. */
export function statusRulesOf(settings: RoomInForce): StatusRules {
  return {
    soonMs: settings.display.soonMinutes * MINUTE_MS,
    checkIn: {
      mode: settings.checkIn.mode,
      opensBeforeMs: settings.checkIn.opensBeforeMinutes * MINUTE_MS,
      closesAfterMs: settings.checkIn.closesAfterMinutes * MINUTE_MS,
      // Without our own button nobody could have kept the room.
      isReleaseOn: settings.checkIn.isReleaseOn && settings.checkIn.mode === 'local',
    },
  }
}

/** Nothing may be done at the door. */
const nothingAllowed: PanelConfig['actions'] = { checkIn: 'off', book: 'off', extend: 'off', end: 'off' }

/** Who may do what: the admin's word where the platform and the account can do it at all. */
export function actionAccessOf(settings: RoomInForce, can: ActionCapabilities): PanelConfig['actions'] {
  const where = (name: ActionName, isPossible: boolean): ActionAccess =>
    isPossible ? settings.actions[name] : 'off'
  return {
    checkIn: where('checkIn', settings.checkIn.mode === 'local'),
    book: where('book', can.canBook),
    extend: where('extend', can.extend !== 'none'),
    end: where('end', can.end !== 'none'),
  }
}

/** Where a panel stands at this moment, and in which room. */
export interface PanelSituation {
  readonly core: CoreStatus
  readonly revision: number
  /** Null while none are known: the screen then speaks as a panel that nobody set up, in Chinese. */
  readonly settings: Settings | null
  /** Whose word counts; null for the site's. */
  readonly roomId: RoomId | null
  /** From {@link actionAccessOf}; nothing may be done while nothing runs. */
  readonly actions?: PanelConfig['actions']
}

const noSettings = {
  language: 'zh-CN',
  theme: 'auto',
  hourCycle: '24',
  timeZone: 'Asia/Shanghai',
  rules: defaultStatusRules,
  officeHours: { days: [1, 2, 3, 4, 5], from: '08:00', until: '20:00' },
  platform: null,
  rooms: [],
} as const

/** What the screen of a room may know of the settings. */
export function panelConfigOf(
  { core, revision, settings, roomId, actions = nothingAllowed }: PanelSituation,
  { version, isStorageBroken = false }: Pick<CorePorts, 'version' | 'isStorageBroken'>,
): PanelConfig {
  const base = { core, revision, version, isStorageBroken, actions }
  if (settings === null) return { ...base, ...noSettings }
  const inForce = settingsOfRoom(settings, roomId)
  const { language, theme, hourCycle } = inForce.display
  return {
    ...base,
    ...{ language, theme, hourCycle },
    timeZone: settings.timeZone,
    rules: statusRulesOf(inForce),
    officeHours: settings.officeHours,
    platform: settings.account.platform,
    rooms: settings.rooms.map(({ id, name }) => ({ id, name: name ?? id })),
  }
}
