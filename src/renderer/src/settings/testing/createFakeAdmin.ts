import type {
  CheckReport,
  ConnectionStepReport,
  RoomChoice,
  SaveOutcome,
  SettingsView,
} from '../../../../shared/api/admin.ts'
import type { Diagnostics, UpdateReport } from '../../../../shared/api/diagnostics.ts'
import type { ApiError, ApiResult } from '../../../../shared/api/errors.ts'
import { SESSION_IDLE_MS } from '../../../../shared/api/patience.ts'
import type { FieldIssue } from '../../../../shared/api/refusal.ts'
import type { CarriedOffers, TakeOutcome } from '../../../../shared/api/provisioning.ts'
import type { DirectoryEntry, DirectoryFilter } from '../../../../shared/domain/directory.ts'
import type { Settings } from '../../../../shared/settings/schema.ts'
import { blankSettings } from '../../../../core/settings/blankSettings.ts'
import { readSettingsText } from '../../../../core/settings/readSettingsText.ts'
import { secretsOf } from '../../../../core/settings/secretNames.ts'
import { createFakeApi } from '../../api/fakeApi.ts'
import type { FakeAnswers, FakeApi } from '../../api/fakeApi.ts'
import { releaseReports } from './releaseReports.ts'

/** A secret that must be found nowhere but in the request that carries it. */
export const SENTINEL_SECRET = 'SENTINEL-corp-secret-7Qm2xV'

export const PIN = '246801'

const NOW_MS = Date.UTC(2026, 10, 23, 2, 19)

/** Settings of a panel in use. */
export function savedSettings(): Settings {
  const { wecom } = blankSettings()
  return {
    ...wecom,
    account: { platform: 'wecom', baseUrl: wecom.account.baseUrl, corpId: 'ww4f2c81a90b7de356' },
    rooms: [
      {
        id: 'room-12',
        name: '西湖 3F-01',
        source: { officeRoomId: 12, meetingRoomId: '300417', isSoleBooker: false },
      },
      { id: 'lingyin', source: { officeRoomId: 31, isSoleBooker: false } },
    ],
    defaultRoomId: 'room-12',
  }
}

const place = (city: string, building: string, floor: string) => ({ city, building, floor })

/** A directory as an office of two cities has it. */
export function directoryEntries(): DirectoryEntry[] {
  const room = (
    id: number,
    name: string,
    capacity: number,
    where: ReturnType<typeof place>,
    equipment: number[],
    needsApproval = false,
  ): DirectoryEntry => ({
    vendorId: String(id),
    name,
    capacity,
    ...where,
    equipment,
    latitude: where.building === '滨江一号' ? '30.208400' : '',
    longitude: where.building === '滨江一号' ? '120.212000' : '',
    needsApproval,
  })
  const [west, tower, none] = [
    place('杭州', '滨江一号', '3F'),
    place('深圳', '科兴科学园', '18F'),
    place('', '', ''),
  ] as const
  return [
    room(12, '西湖', 8, west, [1, 4, 5]),
    room(13, '断桥', 6, west, [1]),
    room(14, '苏堤春晓 大会议室', 24, west, [1, 2, 3, 4, 5], true),
    room(31, '灵隐', 12, place('杭州', '滨江一号', '5F'), [1, 5]),
    room(32, '龙井', 4, place('杭州', '滨江一号', '5F'), []),
    room(41, '南山', 10, tower, [1, 2]),
    room(42, '梧桐', 16, tower, [3, 4]),
    room(15, '临时洽谈间', 4, none, []),
  ]
}

/** What the platform's list offers: the directory, and one room with hardware. */
export function roomChoices(): RoomChoice[] {
  const names = { 1: 'tv', 2: 'phone', 3: 'projector', 4: 'whiteboard', 5: 'video' } as const
  const office = directoryEntries().map(
    ({ vendorId, name, city, building, floor, capacity, equipment, needsApproval }): RoomChoice => ({
      vendorId,
      name,
      location: [city, building, floor].filter((part) => part !== ''),
      capacity,
      equipment: equipment.map((id) => names[id as keyof typeof names]),
      needsApproval,
      source: { officeRoomId: Number(vendorId), isSoleBooker: false },
    }),
  )
  const hardware: RoomChoice = {
    vendorId: '300417',
    name: '西湖 Rooms',
    location: ['杭州-滨江一号-3F'],
    capacity: 8,
    equipment: [],
    needsApproval: false,
    source: { meetingRoomId: '300417', isSoleBooker: false },
  }
  return [...office, hardware]
}

const step = (
  name: ConnectionStepReport['step'],
  fact: ConnectionStepReport['fact'] = null,
  refusal: ConnectionStepReport['refusal'] = null,
  outcome: ConnectionStepReport['outcome'] = refusal ? 'failed' : 'passed',
): ConnectionStepReport => ({ step: name, outcome, refusal, fact })

const permission = (name: string) => ({ kind: 'permission', name }) as const
const OFFICE_SWITCH = '应用管理 > 会议室 > 可调用接口的应用'

/** A test that passed. */
export const passedSteps: readonly ConnectionStepReport[] = [
  step('reachable'),
  step('clock', { kind: 'clockOffset', offsetMs: 0 }),
  step('token'),
  step('permissions', permission(OFFICE_SWITCH)),
  step('permissions', permission('应用管理 > 自建应用 > 可见范围')),
  step('rooms', { kind: 'rooms', count: 9 }),
]

/** The first business call refused because of the caller's address, as every new app meets it. */
export const refusedAddressSteps: readonly ConnectionStepReport[] = [
  step('reachable'),
  step('clock', { kind: 'clockOffset', offsetMs: 3_000 }),
  step('token'),
  step('permissions', permission(OFFICE_SWITCH), {
    kind: 'ipNotAllowed',
    vendorCode: '60020',
    hint: 'address',
    refusedAddress: '203.0.113.20',
    missingPermission: null,
  }),
  step('rooms', null, null, 'skipped'),
]

/** The app is not on the list of those that may call. */
export const refusedSwitchSteps: readonly ConnectionStepReport[] = [
  step('reachable'),
  step('clock', { kind: 'clockOffset', offsetMs: 0 }),
  step('token'),
  step('permissions', permission(OFFICE_SWITCH), {
    kind: 'permission',
    vendorCode: '48002',
    hint: 'switch',
    refusedAddress: null,
    missingPermission: OFFICE_SWITCH,
  }),
  step('rooms', null, null, 'skipped'),
]

/** State of a core in use, one room of it in trouble. */
export function diagnostics(): Diagnostics {
  return {
    version: '0.1.0',
    platform: 'wecom',
    nowMs: NOW_MS,
    startedAtMs: NOW_MS - 9 * 86_400_000,
    serverTimeOffsetMs: 380,
    nextReadAtMs: NOW_MS + 21_000,
    plannedIntervalMs: 30_000,
    budget: {
      limit: null,
      spent: 31_842,
      assumed: 0,
      periodEndsAtMs: NOW_MS + 8 * 86_400_000,
      forecast: 43_200,
      isSlowed: false,
      resumesAtMs: null,
    },
    rooms: [
      { id: 'room-12', health: { kind: 'ok' }, fetchedAtMs: NOW_MS - 9_000, shown: 'free' },
      {
        id: 'lingyin',
        health: { kind: 'stale', sinceMs: NOW_MS - 400_000, reason: 'permission' },
        fetchedAtMs: NOW_MS - 430_000,
        shown: 'busy',
      },
    ],
    releases: releaseReports(NOW_MS),
    lastFailure: {
      kind: 'permission',
      atMs: NOW_MS - 40_000,
      vendorCode: '48002',
      hint: 'switch',
      refusedAddress: null,
      missingPermission: OFFICE_SWITCH,
    },
    secretStrength: 'obfuscated',
  }
}

/** A panel that was updated twelve days ago, without trouble. */
export function calmUpdates(): UpdateReport {
  const last = { version: '0.1.0', fromVersion: '0.0.9', atMs: NOW_MS - 12 * 86_400_000 }
  return { ring: 'stable', last, givenUp: null, waitingVersion: null }
}

/** What a test may set before or between requests. */
export interface FakeAdminWorld {
  pin: string | null
  setupCode: string | null
  settings: Settings | null
  /** What is left of settings with faults, and the faults. */
  salvaged: Settings | null
  issues: readonly FieldIssue[]
  hasSecret: boolean
  isWritable: boolean
  isUnreadable: boolean
  hasKiosk: boolean
  isUnavailable: boolean
  /** Wrong attempts so far; from the fifth on they cost a wait. */
  failures: number
  /** Whether the session is still good. */
  isSessionOpen: boolean
  steps: readonly ConnectionStepReport[]
  /** What the platform's list offers. */
  choices: readonly RoomChoice[]
  directory: DirectoryEntry[]
  /** Null on a host that does not know how it is updated. */
  updates: UpdateReport | null
  /** Answers every further admin request with this. */
  refuseWith: ApiError | null
  saves: { settings: unknown; secrets: Readonly<Record<string, string>>; isInsisting: boolean }[]
  tokens: (string | null)[]
  /** What is carried to a first start; null where nothing may be. */
  carried: CarriedOffers | null
  taken: TakeOutcome
}

/** A core as seen by the settings screen, with a memory. */
export interface FakeAdmin extends FakeApi {
  readonly world: FakeAdminWorld
}

const ok = <T>(data: T): ApiResult<T> => ({ ok: true, data })
const no = (error: ApiError): ApiResult<never> => ({ ok: false, error })
const done = { isDone: true } as const
const session = { token: 'token-1', idleMs: SESSION_IDLE_MS }

function matches(entry: DirectoryEntry, filter: DirectoryFilter): boolean {
  const isThere = (['city', 'building', 'floor'] as const).every(
    (level) => filter[level] === '' || filter[level] === entry[level],
  )
  return isThere && filter.equipment.every((id) => entry.equipment.includes(id))
}

/** @param start what differs from a panel in use */
export function createFakeAdmin(start: Partial<FakeAdminWorld> = {}): FakeAdmin {
  const world: FakeAdminWorld = {
    pin: PIN,
    setupCode: null,
    settings: savedSettings(),
    salvaged: null,
    issues: [],
    hasSecret: true,
    isWritable: true,
    isUnreadable: false,
    hasKiosk: true,
    isUnavailable: false,
    failures: 0,
    isSessionOpen: false,
    steps: passedSteps,
    choices: roomChoices(),
    directory: directoryEntries(),
    updates: calmUpdates(),
    refuseWith: null,
    saves: [],
    tokens: [],
    carried: null,
    taken: { kind: 'saved', room: '西湖', isErased: true },
    ...start,
  }

  const waitMs = (): number => (world.failures < 5 ? 0 : 30_000 * 2 ** (world.failures - 5))

  /** Every admin route first proves its session, then meets the refusal a test asked for. */
  const behindPin =
    <I, O>(answer: (input: I) => ApiResult<O>) =>
    (input: I): ApiResult<O> => {
      if (!world.isSessionOpen) return no({ code: 'forbidden' })
      return world.refuseWith ? no(world.refuseWith) : answer(input)
    }

  function view(): SettingsView {
    return {
      settings: world.settings,
      issues: world.settings ? [] : world.issues,
      salvaged: world.settings ? null : world.salvaged,
      blank: blankSettings(),
      isUnreadable: world.isUnreadable,
      secrets: world.settings
        ? secretsOf(world.settings.account).map((name) => ({ name, hasValue: world.hasSecret }))
        : [],
      isWritable: world.isWritable,
      secretStrength: 'sealed',
      hasKiosk: world.hasKiosk,
    }
  }

  const answers: FakeAnswers = {
    'session.getState': () =>
      ok({
        isPinSet: world.pin !== null,
        needsSetupCode: world.pin === null && world.setupCode !== null,
        waitMs: waitMs(),
        isUnavailable: world.isUnavailable,
      }),
    'provisioning.look': () => (world.carried === null ? no({ code: 'forbidden' }) : ok(world.carried)),
    'provisioning.take': () => ok(world.taken),
    'session.setPin': ({ pin, setupCode }) => {
      if (world.setupCode !== null && setupCode !== world.setupCode) {
        world.failures += 1
        return no({ code: 'wrongPin', waitMs: waitMs() })
      }
      world.pin = pin
      world.isSessionOpen = true
      return ok(session)
    },
    'session.unlock': ({ pin }) => {
      if (pin !== world.pin) {
        world.failures += 1
        return no({ code: 'wrongPin', waitMs: waitMs() })
      }
      world.failures = 0
      world.isSessionOpen = true
      return ok(session)
    },
    'session.touch': behindPin(() => ok(done)),
    'session.lock': behindPin(() => {
      world.isSessionOpen = false
      return ok(done)
    }),
    'session.changePin': behindPin(({ pin }: { pin: string }) => {
      world.pin = pin
      return ok(done)
    }),
    'settings.get': behindPin(() => ok(view())),
    'settings.save': behindPin((input: FakeAdminWorld['saves'][number]): ApiResult<SaveOutcome> => {
      world.saves.push(input)
      if (!input.isInsisting && world.steps.some(({ outcome }) => outcome === 'failed'))
        return ok({ kind: 'testFailed' as const, steps: world.steps })
      world.settings = structuredClone(input.settings) as Settings
      world.hasSecret = true
      return ok({ kind: 'saved' as const })
    }),
    'settings.read': behindPin(({ text }: { text: string }) => ok(readSettingsText(text))),
    'settings.export': behindPin(() => ok({ text: JSON.stringify(world.settings, null, 2) })),
    'connection.test': behindPin(() => ok(world.steps)),
    'rooms.search': behindPin(() => ok(world.choices)),
    'directory.listRooms': behindPin((filter: DirectoryFilter) =>
      ok(world.directory.filter((entry) => matches(entry, filter))),
    ),
    'directory.addRoom': behindPin(
      ({ range: _range, ...room }: Parameters<NonNullable<FakeAnswers['directory.addRoom']>>[0]) => {
        const vendorId = String(100 + world.directory.length)
        world.directory = [...world.directory, { ...room, vendorId, needsApproval: false }]
        return ok({ vendorId })
      },
    ),
    'directory.editRoom': behindPin(
      ({ vendorId, room }: Parameters<NonNullable<FakeAnswers['directory.editRoom']>>[0]) => {
        world.directory = world.directory.map((entry) =>
          entry.vendorId === vendorId ? { ...entry, ...room, vendorId } : entry,
        )
        return ok(done)
      },
    ),
    'directory.deleteRoom': behindPin(
      ({ vendorId, confirmedName }: { vendorId: string; confirmedName: string }) => {
        const entry = world.directory.find((one) => one.vendorId === vendorId)
        if (!entry) return no({ code: 'notFound' })
        if (entry.name !== confirmedName)
          return no({
            code: 'badRequest',
            issues: [{ path: 'confirmedName', message: 'is not the name of this room' }],
          })
        world.directory = world.directory.filter((one) => one !== entry)
        return ok(done)
      },
    ),
    'diagnostics.get': behindPin(() =>
      ok({
        ...diagnostics(),
        platform: world.settings?.account.platform ?? null,
        ...(world.updates === null ? {} : { updates: world.updates }),
      }),
    ),
    'diagnostics.runChecks': behindPin(() =>
      ok([
        { check: 'settings', outcome: 'passed', fact: null },
        { check: 'secrets', outcome: 'warning', fact: { kind: 'secretStrength', strength: 'obfuscated' } },
        { check: 'clock', outcome: 'passed', fact: { kind: 'clockOffset', offsetMs: 380 } },
        { check: 'disk', outcome: 'passed', fact: null },
        { check: 'connection', outcome: 'failed', fact: { kind: 'roomsRead', count: 1, bound: 2 } },
      ] satisfies readonly CheckReport[]),
    ),
    'diagnostics.exportLog': behindPin(() =>
      ok({
        text: [
          '2026-11-23 10:18:51 info  [site] read done {"rooms":2,"calls":2}',
          '2026-11-23 10:19:12 warn  [provider:wecom] refused {"kind":"permission","vendorCode":"48002"}',
        ].join('\n'),
      }),
    ),
    'kiosk.exit': behindPin(() => ok(done)),
  }

  const api = createFakeApi(answers)
  return {
    ...api,
    listenerCount: () => api.listenerCount(),
    useSession(token) {
      world.tokens.push(token)
      api.useSession(token)
    },
    world,
  }
}
