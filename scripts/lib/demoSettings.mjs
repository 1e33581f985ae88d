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
const DEFAULT_ROOM = '西湖'

/** How each platform's simulated account is bound: its settings, its secrets, and a room of the simulator's state. */
const accounts = {
  wecom: (simulator) => ({
    account: { platform: 'wecom', baseUrl: simulator, corpId: 'ww0123456789abcdef' },
    secrets: { 'wecom.corpSecret': 'simulator-secret-wecom' },
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
    sourceOf: (room, state) => ({ roomId: state.dingtalk.rooms.find(({ id }) => id === room.id).roomId }),
  }),
  feishu: (simulator) => ({
    account: { platform: 'feishu', baseUrl: simulator, appId: 'cli_simulator', monthlyCalls: null },
    secrets: { 'feishu.appSecret': 'simulator-secret-feishu' },
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

async function ask(simulator, path, init) {
  const response = await fetch(new URL(`/__sim/${path}`, simulator), init)
  if (!response.ok) throw new ScriptFailure(`the simulator answered ${response.status} to ${path}.`)
  return response.json()
}

/** A demo reads every few seconds for as long as it runs: more than an organisation's month has. */
const liftMonthlyLimits = (simulator) =>
  ask(simulator, 'limits', {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ dingtalkCallsPerMonth: null, feishuCallsPerMonth: null }),
  })

/**
 * Reads the demo's flags, before anything is installed or started.
 * @param {Record<string, string>} flags
 * @returns `at` builds the panel's settings and secrets for a simulator's address
 */
export function readDemoSettings(flags) {
  const platform = oneOf('platform', flags.platform, demoPlatforms)
  const display = {
    language: oneOf('language', flags.language, ['zh-CN', 'en-US']),
    theme: oneOf('theme', flags.theme, ['auto', 'light', 'dark']),
  }
  const unknownAfterMinutes = wholeNumber('unknown-after-minutes', flags['unknown-after-minutes'], 1, 60)
  const port = String(wholeNumber('port', flags.port, 0, 65_535))

  async function at(simulator) {
    const { account, secrets, sourceOf } = accounts[platform](simulator)
    await liftMonthlyLimits(simulator)
    const state = await ask(simulator, 'state')
    const rooms = state.rooms.filter(({ name }) => addresses[name] !== undefined)
    const settings = {
      version: 1,
      timeZone: 'Asia/Shanghai',
      account,
      rooms: rooms.map((room) => ({ id: addresses[room.name], source: sourceOf(room, state) })),
      defaultRoomId: addresses[DEFAULT_ROOM],
      display,
      // A demo is looked at at any hour.
      officeHours: { days: [0, 1, 2, 3, 4, 5, 6], from: '00:00', until: '00:00' },
      polling: { intervalSeconds: 10, quietIntervalSeconds: 30, unknownAfterMinutes },
    }
    return { settings, secrets }
  }
  return { port, at }
}
