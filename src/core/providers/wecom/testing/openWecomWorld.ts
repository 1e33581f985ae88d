import type { WecomRoomSource } from '../../../../shared/settings/schema.ts'
import { createRecordingLogger } from '../../../testing/recordingLogger.ts'
import type { Http } from '../../../ports/Http.ts'
import type { ProviderDeps, RoomRef, SiteProvider } from '../../SiteProvider.ts'
import type { ContractBooking, ContractWorld, Told } from '../../testing/ContractWorld.ts'
import { openSimulatedVendor } from '../../testing/openSimulatedVendor.ts'
import { CONTRACT_NOW_MS } from '../../testing/providerContract.ts'
import { createToldTime } from '../../testing/createToldTime.ts'
import { wecomSwitches } from '../errors.ts'
import { createWecomProvider } from '../index.ts'

const CORP_ID = 'ww0123456789abcdef'
const SECRET = 'simulator-secret-wecom'
/** In whose name the door books. */
export const SERVICE_PERSON = { userId: 'doorplate', name: '会议门牌' }
const TITLE = 'sentinel-title-并购谈判'
/** People of the simulator's company who book here. */
const BOOKER = { userId: 'chenlu', name: '陈璐' }
const statuses = { confirmed: 0, cancelled: 1, rejected: 1, pending: 3, unknown: 17 } as const

type WecomRoom = RoomRef<WecomRoomSource>

/** WeCom's contract world, with its control API at hand for the cases only WeCom has. */
export interface WecomWorld extends ContractWorld<WecomRoomSource> {
  /** A provider whose account names the service person. */
  bookingProvider(http?: Http, change?: object): SiteProvider<WecomRoomSource>
  /** Calls the simulator's control API. */
  control(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<void>
}

export const officeRoom = (officeRoomId: number): WecomRoom => ({
  id: `office-${officeRoomId}`,
  source: { officeRoomId, isSoleBooker: false },
})

/** @param room a hardware room of the simulator, `300417` to `300419` */
export const hardwareRoom = (meetingRoomId: string, isSoleBooker: boolean): WecomRoom => ({
  id: `hardware-${meetingRoomId}`,
  source: { meetingRoomId, isSoleBooker },
})

const refusals: WecomWorld['refusals'] = [
  { name: 'bad secret', fault: fault(40001, 'gettoken'), kind: 'auth', retryAfterMs: 600_000 },
  { name: 'bad corpid', fault: fault(40013, 'gettoken'), kind: 'auth' },
  { name: 'app disabled', fault: fault(40091, 'gettoken'), kind: 'auth' },
  { name: 'blocked', fault: fault(45009, 'gettoken'), kind: 'rateLimited', retryAfterMs: 3_600_000 },
  { name: 'throttled', fault: fault(45009), kind: 'rateLimited', retryAfterMs: 60_000 },
  { name: 'too parallel', fault: fault(45033), kind: 'rateLimited' },
  { name: 'no switch', fault: fault(48002), kind: 'permission' },
  { name: 'address', fault: fault(60020), kind: 'ipNotAllowed' },
  { name: 'busy', fault: fault(-1), kind: 'server' },
  { name: 'token refused twice', fault: fault(42001), kind: 'auth' },
  { name: 'a code of tomorrow', fault: fault(987_654), kind: 'badResponse' },
]

function fault(errcode: number, route = 'get_booking_info') {
  return { kind: 'errcode', errcode, route, errmsg: `refused ${SECRET}` }
}

/** Starts a simulator with nothing booked. */
export function openWecomWorld(): WecomWorld {
  const vendor = openSimulatedVendor(CONTRACT_NOW_MS)
  const { clock, url, http, simulator } = vendor
  const log = createRecordingLogger()
  const told: Told = { offsets: [], calls: 0 }

  async function control(...order: Parameters<WecomWorld['control']>): Promise<void> {
    await vendor.control(...order)
  }
  const span = ({ startMs, endMs }: ContractBooking) => ({ startMs, endMs })
  const paged = hardwareRoom('300417', true)
  const depsOf = (): ProviderDeps => ({
    http,
    clock,
    log: log.child('provider:wecom'),
    timeZone: 'Asia/Shanghai',
    time: createToldTime(clock, told.offsets),
    onCall: () => (told.calls += 1),
    mayAlsoCall: () => true,
  })
  async function calls(): Promise<Readonly<Record<string, number>>> {
    return ((await vendor.control('GET', 'state')) as { calls: Record<string, number> }).calls
  }

  return {
    vendor,
    clock,
    log,
    told,
    rooms: [officeRoom(12), officeRoom(13), officeRoom(15)],
    routes: { read: 'get_booking_info', token: 'gettoken' },
    refusals,
    control,
    provider: ({
      baseUrl = url,
      secret = SECRET,
      timeZone = 'Asia/Shanghai',
      mayAlsoCall = () => true,
    } = {}) =>
      createWecomProvider({ platform: 'wecom', baseUrl, corpId: CORP_ID }, () => Promise.resolve(secret), {
        ...depsOf(),
        timeZone,
        mayAlsoCall,
      }),
    bookingProvider: (by = http, change = {}) =>
      createWecomProvider(
        { platform: 'wecom', baseUrl: url, corpId: CORP_ID, bookerUserId: SERVICE_PERSON.userId },
        () => Promise.resolve(SECRET),
        { ...depsOf(), http: by, ...change },
      ),
    async book({ source }, booking) {
      await control('POST', 'bookings', {
        room: source.officeRoomId,
        subject: TITLE,
        booker: BOOKER.userId,
        status: statuses[booking.state ?? 'confirmed'],
        ...span(booking),
        ...(booking.series === undefined ? {} : { masterBookingId: booking.series }),
        private: booking.isPrivate ?? false,
      })
    },
    fault: (ordered) => control('POST', 'faults', ordered),
    heal: () => control('DELETE', 'faults'),
    endTokens: (how) => control('POST', how === 'expired' ? 'tokens/expire' : 'tokens/rotate'),
    failRoom: ({ source }, how) =>
      how === 'missing'
        ? control('POST', 'faults', {
            kind: 'missingRoom',
            route: 'get_booking_info',
            meetingroomId: source.officeRoomId,
          })
        : control('PATCH', `rooms/${String(source.officeRoomId)}`, { isVisible: false }),
    async denyReading() {
      await control('PATCH', 'app', { grants: ['schedule', 'meeting', 'contacts'] })
      return wecomSwitches.officeRooms
    },
    spent: { fault: fault(45009), kind: 'rateLimited', resumesAtMs: CONTRACT_NOW_MS + 60_000 },
    skewServer: (skewMs) => control('POST', 'clock', { skewMs }),
    calls,
    // WeCom has no monthly quota; what is counted is what was called.
    countedCalls: async () => Object.values(await calls()).reduce((sum, one) => sum + one, 0),
    paged: {
      route: 'list_meetings',
      async fill() {
        const count = 43
        for (let index = 0; index < count; index += 1) {
          const startMs = CONTRACT_NOW_MS + index * 600_000
          await control('POST', 'meetings', {
            meetingRoomId: paged.source.meetingRoomId,
            subject: TITLE,
            startMs,
            endMs: startMs + 600_000,
          })
        }
        return count
      },
      async read(provider) {
        const range = { fromMs: CONTRACT_NOW_MS, untilMs: CONTRACT_NOW_MS + 8 * 3_600_000 }
        const readings = await provider.listMeetings([paged], range, new AbortController().signal)
        const reading = readings.get(paged.id)
        if (reading?.kind === 'failed') throw reading.error
        return reading?.meetings.length ?? 0
      },
    },
    title: TITLE,
    bookerName: BOOKER.name,
    knowsPrivate: false,
    sentinels: () => [
      SECRET,
      TITLE,
      BOOKER.name,
      SERVICE_PERSON.name,
      'access_token=',
      'corpsecret',
      // The token in use; within its life the simulator gives the same one out again.
      simulator.world.tokens.issue(simulator.world.tenant.app.id, 60_000).value,
    ],
    close: () => vendor.close(),
  }
}
