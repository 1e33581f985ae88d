import { apiErrorCodes } from '../../../shared/api/errors.ts'
import type { ApiResult } from '../../../shared/api/errors.ts'
import type { ApiEvents, EventName } from '../../../shared/api/events.ts'
import type { OutputOf, RouteName } from '../../../shared/api/routes.ts'

/** What a transport answers when it could not get an answer. */
export const unavailable = { ok: false, error: { code: 'unavailable' } } as const

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const codes: ReadonlySet<unknown> = new Set(apiErrorCodes)

/**
 * Whether what came over a transport is an answer at all. Only the envelope is checked: a proxy's error page must not
 * pass for data, while the core behind it is trusted.
 */
export function isAnswerOf<R extends RouteName>(_route: R, value: unknown): value is ApiResult<OutputOf<R>> {
  if (!isObject(value)) return false
  if (value['ok'] === true) return 'data' in value
  return value['ok'] === false && isObject(value['error']) && codes.has(value['error']['code'])
}

const hasRevision = (value: unknown): boolean => isObject(value) && Number.isFinite(value['revision'])

const payloadChecks: Readonly<Record<EventName, (payload: Readonly<Record<string, unknown>>) => boolean>> = {
  'room.changed': (payload) => Number.isFinite(payload['sentAtMs']) && hasRevision(payload['snapshot']),
  'panel.changed': hasRevision,
}

/** Whether an event's payload has the outline of its kind; anything else is dropped by the transports. */
export function isPayloadOf<E extends EventName>(event: E, value: unknown): value is ApiEvents[E] {
  return isObject(value) && payloadChecks[event](value)
}
