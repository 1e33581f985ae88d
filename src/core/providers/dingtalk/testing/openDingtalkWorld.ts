import { DAY_MS } from '../../../../shared/domain/duration.ts'
import type { DingtalkAccount, DingtalkRoomSource } from '../../../../shared/settings/schema.ts'
import { createRecordingLogger } from '../../../testing/recordingLogger.ts'
import type { ProviderDeps, RoomRef, SiteProvider } from '../../SiteProvider.ts'
import type { ContractBooking, ContractWorld, Told } from '../../testing/ContractWorld.ts'
import { openSimulatedVendor } from '../../testing/openSimulatedVendor.ts'
import { CONTRACT_NOW_MS } from '../../testing/providerContract.ts'
import { createToldTime } from '../../testing/createToldTime.ts'
import { dingtalkPermissions } from '../reactions.ts'
import { createDingtalkProvider } from '../index.ts'

const APP_KEY = 'ding-simulator-app'
const SECRET = 'simulator-secret-dingtalk'
/** The employee `doorplate`. */
export const OPERATOR = 'EyJX76U8Nfml28iEiE'
const TITLE = 'sentinel-title-并购谈判'
/** One of the simulator's company who books here. */
const BOOKER = { userId: 'chenlu', name: '陈璐' }
const statuses = { confirmed: 0, cancelled: 1, rejected: 1, pending: 3, unknown: 17 } as const

/** The simulator's rooms by the world's own numbers. */
export const dingtalkRoomIds = {
  12: 'ad157dc1146b20',
  13: 'cabe21cbf8066d',
  14: '2191d998adfd04',
  15: '7341ab624692d9',
  21: 'b25082157be2db',
  22: '971ded6364cd3c',
  23: '5d0b69eab61501',
  31: '93e46ec5b87bd2',
} as const
type RoomNumber = keyof typeof dingtalkRoomIds
type DingtalkRoom = RoomRef<DingtalkRoomSource>

export const dingtalkRoom = (room: RoomNumber): DingtalkRoom => ({
  id: `room-${room}`,
  source: { roomId: dingtalkRoomIds[room] },
})

/** What the simulator tells of itself, as far as these tests ask. */
interface SimulatorState {
  readonly calls: Record<string, number>
  readonly bookings: readonly { readonly id: string }[]
  readonly dingtalk: { readonly callsThisMonth: number }
}

/** DingTalk's contract world, with its control API at hand for the cases only DingTalk has. */
export interface DingtalkWorld extends ContractWorld<DingtalkRoomSource> {
  /** Calls the simulator's control API. */
  control(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<void>
  state(): Promise<SimulatorState>
  /** A provider with other deps or another account. */
  providerWith(
    deps: Partial<ProviderDeps>,
    account?: Partial<DingtalkAccount>,
  ): SiteProvider<DingtalkRoomSource>
}

/** The world's own number of a bound room. */
export const numberOf = ({ source }: DingtalkRoom): number =>
  Number(Object.entries(dingtalkRoomIds).find(([, id]) => id === source.roomId)?.[0])

const refused = 'Forbidden.AccessDenied.'
const refusals: DingtalkWorld['refusals'] = [
  {
    name: 'bad secret',
    fault: fault('invalidClientIdOrSecret', 'accessToken'),
    kind: 'auth',
    retryAfterMs: 600_000,
  },
  { name: 'no organisation', fault: fault('org.not.found'), kind: 'auth' },
  {
    name: 'tokens too often',
    fault: fault(`${refused}QpmLimitForAppkeyAndApi`, 'accessToken'),
    kind: 'rateLimited',
  },
  {
    name: 'a second',
    fault: fault(`${refused}QpsLimitForAppkeyAndApi`),
    kind: 'rateLimited',
    retryAfterMs: 2000,
  },
  {
    name: 'a minute',
    fault: fault(`${refused}QpmLimitForAppkeyAndApi`),
    kind: 'rateLimited',
    retryAfterMs: 60_000,
  },
  { name: 'everybody', fault: fault(`${refused}QpsLimitForApi`), kind: 'rateLimited', retryAfterMs: 4000 },
  { name: 'service busy', fault: fault('system.busy'), kind: 'rateLimited' },
  { name: 'month', fault: fault(`${refused}ApiCountLimitForOrg`), kind: 'quota' },
  { name: 'no scope', fault: fault(`${refused}AccessTokenPermissionDenied`), kind: 'permission' },
  { name: 'operator gone', fault: fault('user.not.employee'), kind: 'permission' },
  { name: 'address', fault: fault(`${refused}IpNotInWhiteList`), kind: 'ipNotAllowed' },
  { name: 'system', fault: fault('system.error'), kind: 'server' },
  { name: 'system with 400', fault: { ...fault('system.error'), status: 400 }, kind: 'server' },
  { name: 'token refused twice', fault: fault('InvalidAuthentication'), kind: 'auth' },
  { name: 'a code of tomorrow', fault: fault('somethingNew'), kind: 'badResponse' },
]

function fault(errcode: string, route = 'schedules/query') {
  return { kind: 'errcode', errcode, route, errmsg: `refused ${SECRET}` }
}

/** Starts a simulator. @param seed nothing booked, or a believable working day */
export function openDingtalkWorld(seed: 'empty' | 'day' = 'empty'): DingtalkWorld {
  const vendor = openSimulatedVendor(CONTRACT_NOW_MS, seed)
  const { clock, url, http, simulator } = vendor
  const log = createRecordingLogger()
  const told: Told = { offsets: [], calls: 0 }

  async function control(...order: Parameters<DingtalkWorld['control']>): Promise<void> {
    await vendor.control(...order)
  }
  const state = async () => (await vendor.control('GET', 'state')) as SimulatorState
  const depsOf = (): ProviderDeps => ({
    http,
    clock,
    log: log.child('provider:dingtalk'),
    timeZone: 'Asia/Shanghai',
    time: createToldTime(clock, told.offsets),
    onCall: () => (told.calls += 1),
    mayAlsoCall: () => true,
  })

  const ownAccount: DingtalkAccount = {
    platform: 'dingtalk',
    baseUrl: url,
    clientId: APP_KEY,
    operatorUnionId: OPERATOR,
    monthlyCalls: 5000,
    sharedByPanels: 1,
  }

  return {
    vendor,
    clock,
    log,
    told,
    rooms: [dingtalkRoom(12), dingtalkRoom(13), dingtalkRoom(15)],
    routes: { read: 'schedules/query', token: 'oauth2/accessToken' },
    refusals,
    control,
    state,
    providerWith: (deps, account = {}) =>
      createDingtalkProvider({ ...ownAccount, ...account }, () => Promise.resolve(SECRET), {
        ...depsOf(),
        ...deps,
      }),
    provider: ({
      baseUrl = url,
      secret = SECRET,
      timeZone = 'Asia/Shanghai',
      mayAlsoCall = () => true,
    } = {}) =>
      createDingtalkProvider({ ...ownAccount, baseUrl }, () => Promise.resolve(secret), {
        ...depsOf(),
        timeZone,
        mayAlsoCall,
      }),
    async book(room, { startMs, endMs, state: how = 'confirmed', series, isPrivate = false }) {
      const isAllDay = endMs - startMs === DAY_MS && (startMs + 8 * 3_600_000) % DAY_MS === 0
      await control('POST', 'bookings', {
        room: numberOf(room),
        subject: TITLE,
        booker: BOOKER.userId,
        status: statuses[how satisfies ContractBooking['state']],
        private: isPrivate,
        startMs,
        ...(isAllDay ? { allDay: true } : { endMs }),
        ...(series === undefined ? {} : { masterBookingId: series }),
      })
    },
    fault: (ordered) => control('POST', 'faults', ordered),
    heal: () => control('DELETE', 'faults'),
    endTokens: (how) => control('POST', how === 'expired' ? 'tokens/expire' : 'tokens/rotate'),
    failRoom: (room, how) =>
      how === 'missing'
        ? control('POST', 'faults', {
            kind: 'missingRoom',
            route: 'schedules/query',
            meetingroomId: room.source.roomId,
          })
        : control('PATCH', `rooms/${numberOf(room)}`, { isVisible: false }),
    async denyReading() {
      const scopes = ['qyapi_base', dingtalkPermissions.contacts, dingtalkPermissions.rooms]
      await control('PATCH', 'app', { scopes })
      return dingtalkPermissions.events
    },
    spent: {
      fault: fault(`${refused}ApiCountLimitForOrg`),
      kind: 'quota',
      resumesAtMs: Date.parse('2026-04-01T00:00:00+08:00'),
    },
    skewServer: (skewMs) => control('POST', 'clock', { skewMs }),
    calls: async () => (await state()).calls,
    countedCalls: async () => (await state()).dingtalk.callsThisMonth,
    paged: {
      route: 'meetingRoomLists',
      async fill() {
        await control('PATCH', 'limits', { dingtalkRoomsPerPage: 3 })
        return Object.keys(dingtalkRoomIds).length
      },
      read: async (provider) => (await provider.listRooms(new AbortController().signal)).length,
    },
    title: TITLE,
    bookerName: BOOKER.name,
    knowsPrivate: true,
    sentinels: () => [
      SECRET,
      TITLE,
      BOOKER.name,
      'access_token=',
      // The token in use; within its life the simulator gives the same one out again.
      simulator.world.tokens.issue(APP_KEY, 60_000).value,
    ],
    close: () => vendor.close(),
  }
}
