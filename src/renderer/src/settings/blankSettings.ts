import type { Language } from '../../../shared/settings/panelConfig.ts'
import type { Account, Settings } from '../../../shared/settings/schema.ts'

/** What a first start begins with: the schema's own defaults (a test compares them) and no room yet. */
export function blankSettings(account: Account, language: Language): Settings {
  return {
    version: 1,
    timeZone: 'Asia/Shanghai',
    account,
    rooms: [],
    display: { language, theme: 'auto', hourCycle: '24', privacy: 'full', soonMinutes: 10 },
    checkIn: { mode: 'platform', opensBeforeMinutes: 10, closesAfterMinutes: 10, isReleaseOn: false },
    actions: { checkIn: 'anyone', book: 'anyone', extend: 'anyone', end: 'anyone', title: '现场预订' },
    officeHours: { days: [1, 2, 3, 4, 5], from: '08:00', until: '20:00' },
    polling: { intervalSeconds: 30, quietIntervalSeconds: 300, unknownAfterMinutes: 15 },
    kiosk: { displayNumber: null, isAlwaysOnTop: true, isAutostarted: true, isRestartedNightly: true },
  }
}
