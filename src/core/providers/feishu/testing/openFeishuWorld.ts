import type { FeishuAccount, FeishuRoomSource } from '../../../../shared/settings/schema.ts'
import { createRecordingLogger } from '../../../testing/recordingLogger.ts'
import type { Http } from '../../../ports/Http.ts'
import type { RoomRef, SiteProvider } from '../../SiteProvider.ts'
import type { ContractBooking, ContractWorld, Told } from '../../testing/ContractWorld.ts'
import { openSimulatedVendor } from '../../testing/openSimulatedVendor.ts'
import { CONTRACT_NOW_MS } from '../../testing/providerContract.ts'
import { createToldTime } from '../../testing/createToldTime.ts'
import { feishuScopes, feishuWriteScopes } from '../errors.ts'
import { createFeishuProvider } from '../index.ts'

const APP_ID = 'cli_simulator'
const SECRET = 'simulator-secret-feishu'
const TITLE = 'sentinel-title-并购谈判'
/** Of the simulator's video meetings; no panel may pass it on. */
const MEETING_PASSWORD = '402971'
/** Somebody of the simulator's company who books here. */
const BOOKER = { userId: 'chenlu', name: '陈璐' }
/** In whose name the door books. */
export const SERVICE_PERSON = 'doorplate'
const UNKNOWN_TEXT = '火星人占用'
/** Every scope a panel asks for. */
const allScopes = [...Object.values(feishuScopes), ...Object.values(feishuWriteScopes)]

type FeishuRoom = RoomRef<FeishuRoomSource>

interface SimulatorState {
  readonly calls: Readonly<Record<string, number>>
  readonly feishu: {
    readonly callsSpent: number
    readonly roomIds: Readonly<Record<string, string>>
    readonly openIds: Readonly<Record<string, string>>
  }
}

/** Parts of an account a case may change. */
export type AccountChange = Partial<Pick<FeishuAccount, 'monthlyCalls' | 'sharedByPanels' | 'bookerOpenId'>>

/** What a provider is built with beyond the contract's own wishes. */
interface ProviderMore {
  readonly baseUrl?: string
  readonly secret?: string
  readonly timeZone?: string
  readonly account?: AccountChange
  readonly mayAlsoCall?: (calls: number) => boolean
  readonly http?: Http
}

/** Feishu's contract world, with its control API at hand for the cases only Feishu has. */
export interface FeishuWorld extends ContractWorld<FeishuRoomSource> {
  provider(more?: ProviderMore): SiteProvider<FeishuRoomSource>
  /** Calls the simulator's control API. @returns the answer's fields */
  control(
    method: 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
  ): Promise<Readonly<Record<string, unknown>>>
  /** The simulator's room of that number, bound. */
  room(number: number): FeishuRoom
  /** The simulator's number of a bound room. */
  numberOf(room: FeishuRoom): number
  /** The admin grants all scopes of a panel but these. */
  grantAllBut(...scopes: readonly string[]): Promise<void>
  readonly password: string
  /** open_id of the contact person of the door's bookings. */
  readonly bookerOpenId: string
}

const fault = (errcode: number, route = 'freebusy') => ({
  kind: 'errcode',
  errcode,
  route,
  errmsg: `refused ${SECRET} ip 203.0.113.88 is denied`,
})

const refusals: FeishuWorld['refusals'] = [
  { name: 'bad secret', fault: fault(10015, 'tenant_access'), kind: 'auth', retryAfterMs: 600_000 },
  { name: 'bad app id', fault: fault(10003, 'tenant_access'), kind: 'auth' },
  { name: 'app disabled', fault: fault(99991662), kind: 'auth' },
  { name: 'throttled', fault: fault(99991400), kind: 'rateLimited', retryAfterMs: 60_000 },
  { name: 'throttled by app', fault: fault(1000005), kind: 'rateLimited' },
  { name: 'the month is spent', fault: fault(99991403), kind: 'quota' },
  { name: 'address', fault: fault(99991401), kind: 'ipNotAllowed' },
  { name: 'busy', fault: fault(105001), kind: 'server' },
  { name: 'token refused twice', fault: fault(99991663), kind: 'auth' },
  { name: 'no such room', fault: fault(100005), kind: 'notFound' },
  { name: 'a code of tomorrow', fault: fault(987_654), kind: 'badResponse' },
]

/** Starts a simulator with nothing booked. */
export async function openFeishuWorld(): Promise<FeishuWorld> {
  const vendor = openSimulatedVendor(CONTRACT_NOW_MS)
  const { clock, url, http, simulator } = vendor
  const log = createRecordingLogger()
  const told: Told = { offsets: [], calls: 0 }

  const control: FeishuWorld['control'] = async (...order) =>
    (await vendor.control(...order)) as Readonly<Record<string, unknown>>
  const state = async () => (await vendor.control('GET', 'state')) as SimulatorState
  const { roomIds, openIds } = (await state()).feishu
  const room = (number: number): FeishuRoom => ({
    id: `room-${number}`,
    source: { roomId: roomIds[String(number)] ?? '' },
  })
  const numberOf = ({ source }: FeishuRoom): number =>
    Number(Object.entries(roomIds).find(([, id]) => id === source.roomId)?.[0])
  const grantAllBut = async (...scopes: readonly string[]) => {
    await control('PATCH', 'feishu', { scopes: allScopes.filter((one) => !scopes.includes(one)) })
  }
  const order = async (body: object) => {
    await control('POST', 'faults', body)
  }
  const statusOf = (state: ContractBooking['state']): object => {
    switch (state) {
      case 'cancelled':
        return { status: 'cancelled' }
      case 'rejected':
        return { status: 'cancelled', reservationText: '预定失败' }
      case 'pending':
        return { status: 'inApproval' }
      case 'unknown':
        return { reservationText: UNKNOWN_TEXT }
      case 'confirmed':
      case undefined:
        return {}
    }
  }

  return {
    vendor,
    clock,
    log,
    told,
    rooms: [room(12), room(13), room(15)],
    routes: { read: 'freebusy', token: 'tenant_access_token' },
    refusals,
    control,
    room,
    numberOf,
    grantAllBut,
    title: TITLE,
    bookerName: BOOKER.name,
    knowsPrivate: true,
    password: MEETING_PASSWORD,
    bookerOpenId: openIds[SERVICE_PERSON] ?? '',
    provider: (more = {}) =>
      createFeishuProvider(
        {
          platform: 'feishu',
          baseUrl: more.baseUrl ?? url,
          appId: APP_ID,
          monthlyCalls: 10_000,
          sharedByPanels: 1,
          ...more.account,
        },
        () => Promise.resolve(more.secret ?? SECRET),
        {
          http: more.http ?? http,
          clock,
          log: log.child('provider:feishu'),
          timeZone: more.timeZone ?? 'Asia/Shanghai',
          time: createToldTime(clock, told.offsets),
          onCall: () => (told.calls += 1),
          mayAlsoCall: more.mayAlsoCall ?? (() => true),
        },
      ),
    async book(where, booking) {
      // A rejected booking may still have its row, which must not take the room either.
      if (booking.state === 'rejected' || booking.state === 'cancelled')
        await control('PATCH', 'quirks', { listsCancelledRows: true })
      await control('POST', 'bookings', {
        room: numberOf(where),
        subject: TITLE,
        booker: BOOKER.userId,
        startMs: booking.startMs,
        endMs: booking.endMs,
        private: booking.isPrivate ?? false,
        ...statusOf(booking.state),
        ...(booking.series === undefined ? {} : { masterBookingId: booking.series }),
      })
    },
    fault: order,
    heal: async () => {
      await control('DELETE', 'faults')
    },
    endTokens: async (how) => {
      await control('POST', how === 'expired' ? 'tokens/expire' : 'tokens/rotate')
    },
    failRoom: async (failed, how) => {
      if (how === 'missing') await control('PATCH', `rooms/${numberOf(failed)}`, { isVisible: false })
      else
        await order({
          kind: 'roomError',
          route: 'freebusy',
          meetingroomId: failed.source.roomId,
          errmsg: 'no such room',
        })
    },
    async denyReading() {
      await grantAllBut(feishuScopes.busyTimes, feishuScopes.rooms)
      return feishuScopes.busyTimes
    },
    spent: {
      fault: fault(99991403),
      kind: 'quota',
      resumesAtMs: Date.parse('2026-04-01T00:00:00+08:00'),
    },
    skewServer: async (skewMs) => {
      await control('POST', 'clock', { skewMs })
    },
    calls: async () => (await state()).calls,
    countedCalls: async () => (await state()).feishu.callsSpent,
    paged: {
      route: 'resource_reservation_list',
      /** The list comes in pages of a hundred, and decides only where busy times are refused. */
      async fill() {
        await grantAllBut(feishuScopes.busyTimes)
        const count = 203
        for (let index = 0; index < count; index += 1) {
          const startMs = CONTRACT_NOW_MS - 3_600_000 + index * 300_000
          await control('POST', 'bookings', {
            room: 12,
            subject: TITLE,
            booker: BOOKER.userId,
            startMs,
            endMs: startMs + 300_000,
          })
        }
        return count
      },
      async read(provider) {
        const range = { fromMs: CONTRACT_NOW_MS - 3_600_000, untilMs: CONTRACT_NOW_MS + 18 * 3_600_000 }
        const readings = await provider.listMeetings([room(12)], range, new AbortController().signal)
        const reading = readings.get('room-12')
        if (reading?.kind === 'failed') throw reading.error
        return reading?.meetings.length ?? 0
      },
    },
    sentinels: () => [
      SECRET,
      TITLE,
      BOOKER.name,
      MEETING_PASSWORD,
      'Bearer',
      'app_secret',
      // The token in use; within its life the simulator gives the same one out again.
      simulator.world.tokens.issueAhead(APP_ID, 60_000, 0, 't-').value,
    ],
    close: () => vendor.close(),
  }
}
