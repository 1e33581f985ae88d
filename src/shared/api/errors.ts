import type { FieldIssue, Refusal } from './refusal.ts'

/**
 * Why a request was refused. The renderer chooses the sentence by the code; no message ever reaches the screen.
 * Free of zod, so that every layer may import it.
 */
export const apiErrorCodes = [
  /** The input does not fit the route's schema; `issues` names the fields. */
  'badRequest',
  /** No such route. */
  'unknownRoute',
  /** The caller's access level does not cover the route. */
  'forbidden',
  /** The room or thing asked for does not exist. */
  'notFound',
  /** The core is not started, stopping, or the host cannot be reached. */
  'unavailable',
  /** Nothing is configured yet. */
  'unconfigured',
  /** The PIN or set-up code was wrong; `waitMs` says when the next attempt is allowed. */
  'wrongPin',
  /** Too many wrong attempts; `waitMs` says when the next one is allowed. */
  'locked',
  /** The settings or secrets cannot be written or read on this host. */
  'storage',
  /** The platform refused; `refusal` says how. */
  'refused',
  /** The account's platform has no such function. */
  'unsupported',
  /** A bug on our side; the log has it. */
  'internal',
] as const

/** See {@link apiErrorCodes}. */
export type ApiErrorCode = (typeof apiErrorCodes)[number]

/** A refusal as it crosses every transport. */
export interface ApiError {
  readonly code: ApiErrorCode
  readonly issues?: readonly FieldIssue[] | undefined
  readonly waitMs?: number | undefined
  readonly refusal?: Refusal | undefined
}

/** What every request ends in, on every transport. */
export type ApiResult<T> =
  { readonly ok: true; readonly data: T } | { readonly ok: false; readonly error: ApiError }
