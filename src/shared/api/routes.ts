import { z } from 'zod'
import type {
  CheckReport,
  ConnectionStepReport,
  RoomChoice,
  SaveOutcome,
  Session,
  SessionState,
  SettingsReading,
  SettingsView,
} from './admin.ts'
import { bookInput, checkInInput, endInput, extendInput, shownInput } from './actionInputs.ts'
import { directoryRoomInput, draftInput, pinSchema, secretsInput } from './adminInputs.ts'
import type { CarriedOffers, TakeOutcome } from './provisioning.ts'
import type { Diagnostics } from './diagnostics.ts'
import type { PublishedSnapshot } from './events.ts'
import type { ActionOutcome } from '../domain/action.ts'
import type { DirectoryEntry } from '../domain/directory.ts'
import type { PanelConfig } from '../settings/panelConfig.ts'

/** Who may call a route: whoever stands at the door, or an admin behind the PIN or the login. */
export type Access = 'display' | 'admin'

interface RouteDefinition<Input extends z.ZodType, Output> {
  readonly access: Access
  readonly input: Input
  /** Carries the output's type only; the core is trusted, so nothing is parsed on the way out. */
  readonly output: OutputType<Output>
}

interface OutputType<Output> {
  readonly sample?: Output
}

function route<Input extends z.ZodType, Output>(
  access: Access,
  input: Input,
  output: OutputType<Output>,
): RouteDefinition<Input, Output> {
  return { access, input, output }
}

const answers = <Output>(): OutputType<Output> => ({})

/** A room by the panel's id; null asks for the default one. */
const roomInput = z.strictObject({ roomId: z.string().max(64).nullable() })
const nothing = z.strictObject({})

/** Everything a screen needs for its first paint, in one answer. `published` is null while no plan of the room is known. */
export interface PanelOpening {
  readonly config: PanelConfig
  readonly published: PublishedSnapshot | null
}

/** Whether a re-read was started, joined, or is not worth its calls yet. */
export interface RefreshAnswer {
  readonly outcome: 'started' | 'fresh' | 'budget'
}

/** Nothing to tell but that it was done. */
export interface Done {
  readonly isDone: true
}

/** Every request of the product: name, access, input and output, declared once for every transport. */
export const routes = {
  'panel.open': route('display', roomInput, answers<PanelOpening>()),
  'room.getSnapshot': route('display', roomInput, answers<PublishedSnapshot>()),
  'room.refresh': route('display', roomInput, answers<RefreshAnswer>()),

  'meeting.checkIn': route('display', checkInInput, answers<ActionOutcome>()),
  'checkIn.noteShown': route('display', shownInput, answers<Done>()),
  'room.book': route('display', bookInput, answers<ActionOutcome>()),
  'meeting.extend': route('display', extendInput, answers<ActionOutcome>()),
  'meeting.end': route('display', endInput, answers<ActionOutcome>()),

  'session.getState': route('display', nothing, answers<SessionState>()),
  'session.setPin': route(
    'display',
    z.strictObject({ pin: pinSchema, setupCode: z.string().max(64).nullable() }),
    answers<Session>(),
  ),
  'session.unlock': route('display', z.strictObject({ pin: z.string().max(12) }), answers<Session>()),
  'session.changePin': route('admin', z.strictObject({ pin: pinSchema }), answers<Done>()),
  /** Somebody is still working: the session lives on. */
  'session.touch': route('admin', nothing, answers<Done>()),
  'session.lock': route('admin', nothing, answers<Done>()),

  /** Both only while nothing is set up, and only for whoever may set it up. */
  'provisioning.look': route('display', nothing, answers<CarriedOffers>()),
  'provisioning.take': route(
    'display',
    z.strictObject({
      source: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('stick'), id: z.string().max(64) }),
        z.strictObject({ kind: z.literal('code'), code: z.string().max(8000) }),
      ]),
      isInsisting: z.boolean(),
    }),
    answers<TakeOutcome>(),
  ),

  'settings.get': route('admin', nothing, answers<SettingsView>()),
  /** `settings` is checked field by field by its own schema; `isInsisting` saves although the test failed. */
  'settings.save': route(
    'admin',
    z.strictObject({ settings: z.unknown(), secrets: secretsInput, isInsisting: z.boolean() }),
    answers<SaveOutcome>(),
  ),
  /** Judges the text of a file by the settings' own schema; nothing is stored. */
  'settings.read': route(
    'admin',
    z.strictObject({ text: z.string().max(60_000) }),
    answers<SettingsReading>(),
  ),
  'settings.export': route('admin', nothing, answers<{ readonly text: string }>()),
  'connection.test': route('admin', draftInput, answers<readonly ConnectionStepReport[]>()),
  'rooms.search': route(
    'admin',
    draftInput.extend({ text: z.string().max(100) }),
    answers<readonly RoomChoice[]>(),
  ),

  'directory.listRooms': route(
    'admin',
    z.strictObject({
      city: z.string().max(64),
      building: z.string().max(64),
      floor: z.string().max(64),
      equipment: z.array(z.int()).max(20),
    }),
    answers<readonly DirectoryEntry[]>(),
  ),
  'directory.addRoom': route('admin', directoryRoomInput, answers<{ readonly vendorId: string }>()),
  'directory.editRoom': route(
    'admin',
    z.strictObject({ vendorId: z.string().max(64), room: directoryRoomInput }),
    answers<Done>(),
  ),
  /** `confirmedName` must be the room's present name: the second question, asked where it cannot be skipped. */
  'directory.deleteRoom': route(
    'admin',
    z.strictObject({ vendorId: z.string().max(64), confirmedName: z.string().max(64) }),
    answers<Done>(),
  ),

  'diagnostics.get': route('admin', nothing, answers<Diagnostics>()),
  'diagnostics.runChecks': route('admin', nothing, answers<readonly CheckReport[]>()),
  'diagnostics.exportLog': route('admin', nothing, answers<{ readonly text: string }>()),
  'kiosk.exit': route('admin', nothing, answers<Done>()),
} as const

/** See {@link routes}. */
export type Routes = typeof routes
/** A request's name, `namespace.verbNoun`. */
export type RouteName = keyof Routes
/** What a caller sends. */
export type InputOf<R extends RouteName> = z.input<Routes[R]['input']>
/** What a handler receives after parsing. */
export type ParsedInputOf<R extends RouteName> = z.output<Routes[R]['input']>
/** What a request ends in when it succeeds. */
export type OutputOf<R extends RouteName> = NonNullable<Routes[R]['output']['sample']>

/** Whether a name from outside is one of ours. */
export function isRouteName(name: string): name is RouteName {
  return Object.hasOwn(routes, name)
}
