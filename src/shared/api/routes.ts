import { z } from 'zod'
import type { Diagnostics } from './diagnostics.ts'
import type { PublishedSnapshot } from './events.ts'
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

/** Everything a screen needs for its first paint, in one answer. `snapshot` is null while nothing is configured. */
export interface PanelOpening {
  readonly config: PanelConfig
  readonly published: PublishedSnapshot | null
}

/** Whether a re-read was started, joined, or is not worth its calls yet. */
export interface RefreshAnswer {
  readonly outcome: 'started' | 'fresh' | 'budget'
}

/** Every request of the product: name, access, input and output, declared once for every transport. */
export const routes = {
  'panel.open': route('display', roomInput, answers<PanelOpening>()),
  'room.getSnapshot': route('display', roomInput, answers<PublishedSnapshot>()),
  'room.refresh': route('display', roomInput, answers<RefreshAnswer>()),
  'diagnostics.get': route('admin', nothing, answers<Diagnostics>()),
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
