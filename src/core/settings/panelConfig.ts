import type { ActionAccess, ActionName } from '../../shared/domain/action.ts'
import { MINUTE_MS } from '../../shared/domain/duration.ts'
import type { CorePorts } from '../ports/CorePorts.ts'
import type { ActionCapabilities } from '../../shared/domain/booking.ts'
import type { PanelConfig } from '../../shared/settings/panelConfig.ts'
import type { StatusRules } from '../../shared/domain/statusRules.ts'
import { defaultStatusRules } from '../../shared/domain/statusRules.ts'
import type { Settings } from '../../shared/settings/schema.ts'

/** The status rules an admin's settings amount to. */
export function statusRulesOf(settings: Settings): StatusRules {
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
export function actionAccessOf(settings: Settings, can: ActionCapabilities): PanelConfig['actions'] {
  const where = (name: ActionName, isPossible: boolean): ActionAccess =>
    isPossible ? settings.actions[name] : 'off'
  return {
    checkIn: where('checkIn', settings.checkIn.mode === 'local'),
    book: where('book', can.canBook),
    extend: where('extend', can.extend !== 'none'),
    end: where('end', can.end !== 'none'),
  }
}

/**
 * What the screen may know of the settings; before there are any, a panel that says so in Chinese.
 * @param actions from {@link actionAccessOf}; nothing may be done while nothing runs
 */
export function panelConfigOf(
  settings: Settings | null,
  revision: number,
  host: Pick<CorePorts, 'version' | 'isStorageBroken'>,
  actions: PanelConfig['actions'] = nothingAllowed,
): PanelConfig {
  const { version, isStorageBroken = false } = host
  if (settings === null) {
    return {
      revision,
      version,
      isStorageBroken,
      language: 'zh-CN',
      theme: 'auto',
      hourCycle: '24',
      timeZone: 'Asia/Shanghai',
      rules: defaultStatusRules,
      officeHours: { days: [1, 2, 3, 4, 5], from: '08:00', until: '20:00' },
      actions: nothingAllowed,
      platform: null,
      rooms: [],
    }
  }
  return {
    revision,
    version,
    isStorageBroken,
    language: settings.display.language,
    theme: settings.display.theme,
    hourCycle: settings.display.hourCycle,
    timeZone: settings.timeZone,
    rules: statusRulesOf(settings),
    officeHours: settings.officeHours,
    actions,
    platform: settings.account.platform,
    rooms: settings.rooms.map(({ id, name }) => ({ id, name: name ?? id })),
  }
}
