import { askSimulator } from './askSimulator.mjs'
import { ScriptFailure } from './commandLine.mjs'

/** Rooms of the simulator's day whose names make a readable address. */
const addresses = {
  西湖: 'west-lake',
  断桥: 'broken-bridge',
  曲院: 'lotus-court',
  灵隐: 'lingyin',
  三潭: 'three-pools',
  龙井: 'longjing',
  雷峰: 'leifeng',
}
/** The room a demo shows first. */
export const DEFAULT_ROOM = '西湖'
/** In whose name the door books: the simulated office's service account. */
const SERVICE_PERSON = 'doorplate'

/** How each platform's simulated account is bound: its settings, its secrets, and people and rooms of the simulator's state. */
const accounts = {
  wecom: (simulator) => ({
    account: { platform: 'wecom', baseUrl: simulator, corpId: 'ww0123456789abcdef' },
    secrets: { 'wecom.corpSecret': 'simulator-secret-wecom' },
    booker: () => ({ bookerUserId: SERVICE_PERSON }),
    sourceOf: (room) => ({ officeRoomId: room.id }),
  }),
  dingtalk: (simulator) => ({
    account: {
      platform: 'dingtalk',
      baseUrl: simulator,
      clientId: 'ding-simulator-app',
      operatorUnionId: 'EyJX76U8Nfml28iEiE',
      monthlyCalls: null,
    },
    secrets: { 'dingtalk.clientSecret': 'simulator-secret-dingtalk' },
    booker: ({ dingtalk }) => ({
      bookerUnionId: dingtalk.people.find(({ userId }) => userId === SERVICE_PERSON).unionId,
    }),
    sourceOf: (room, state) => ({ roomId: state.dingtalk.rooms.find(({ id }) => id === room.id).roomId }),
  }),
  feishu: (simulator) => ({
    account: { platform: 'feishu', baseUrl: simulator, appId: 'cli_simulator', monthlyCalls: null },
    secrets: { 'feishu.appSecret': 'simulator-secret-feishu' },
    booker: ({ feishu }) => ({ bookerOpenId: feishu.openIds[SERVICE_PERSON] }),
    sourceOf: (room, state) => ({ roomId: state.feishu.roomIds[room.id] }),
  }),
}

/** Platforms the demo can show; the first one is shown unless another is asked for. */
export const demoPlatforms = Object.keys(accounts)

function oneOf(flag, value, allowed) {
  if (allowed.includes(value)) return value
  throw new ScriptFailure(`--${flag} ${value}: expected ${allowed.join(', ')}.`, 2)
}

function wholeNumber(flag, value, from, until) {
  const number = Number(value)
  if (/^\d+$/.test(value) && number >= from && number <= until) return number
  throw new ScriptFailure(`--${flag} ${value}: expected a whole number from ${from} to ${until}.`, 2)
}

/** A demo reads every few seconds for as long as it runs: more than an organisation's month has. */
const liftMonthlyLimits = (simulator) =>
  askSimulator(simulator, 'PATCH', 'limits', { dingtalkCallsPerMonth: null, feishuCallsPerMonth: null })

/** Check-in as an admin sets it who wants rooms back, with a window of so many minutes on either side of the start. */
const ownCheckIn = (minutes) => ({
  mode: 'local',
  opensBeforeMinutes: minutes,
  closesAfterMinutes: minutes,
  isReleaseOn: true,
})

/**
 * Reads the demo's flags, before anything is installed or started.
 * @param {Record<string, string | boolean>} flags
 * @returns `at` builds the panel's settings and secrets for a simulator's address; `checkInMinutes` is null where
 *   check-in is not the panel's own
 */
export function readDemoSettings(flags) {
  const platform = oneOf('platform', flags.platform, demoPlatforms)
  const display = {
    language: oneOf('language', flags.language, ['zh-CN', 'en-US']),
    theme: oneOf('theme', flags.theme, ['auto', 'light', 'dark']),
  }
  const unknownAfterMinutes = wholeNumber('unknown-after-minutes', flags['unknown-after-minutes'], 1, 60)
  const checkInMinutes = wholeNumber('check-in-minutes', flags['check-in-minutes'] ?? '2', 1, 60)
  const isReleasing = flags.actions === true
  const port = String(wholeNumber('port', flags.port, 0, 65_535))

  async function at(simulator) {
    const { account, secrets, booker, sourceOf } = accounts[platform](simulator)
    await liftMonthlyLimits(simulator)
    const state = await askSimulator(simulator, 'GET', 'state')
    const rooms = state.rooms.filter(({ name }) => addresses[name] !== undefined)
    const settings = {
      version: 1,
      timeZone: 'Asia/Shanghai',
      account: { ...account, ...booker(state) },
      rooms: rooms.map((room) => ({ id: addresses[room.name], source: sourceOf(room, state) })),
      defaultRoomId: addresses[DEFAULT_ROOM],
      display,
      ...(isReleasing && { checkIn: ownCheckIn(checkInMinutes) }),
      // A demo is looked at at any hour.
      officeHours: { days: [0, 1, 2, 3, 4, 5, 6], from: '00:00', until: '00:00' },
      polling: { intervalSeconds: 10, quietIntervalSeconds: 30, unknownAfterMinutes },
    }
    return { settings, secrets }
  }
  return { port, at, checkInMinutes: isReleasing ? checkInMinutes : null }
}
