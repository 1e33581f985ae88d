import type { ActionRefusal } from '../../../shared/domain/action.ts'
import type { ProviderErrorKind } from '../../../shared/domain/providerErrorKind.ts'
import type { ProviderError } from '../ProviderError.ts'
import type { WriteOutcome, WriteRefusal } from '../RoomActions.ts'

const reasons: Readonly<Record<ProviderErrorKind, ActionRefusal>> = {
  auth: 'failed',
  permission: 'permission',
  rateLimited: 'throttled',
  quota: 'quota',
  notFound: 'failed',
  ipNotAllowed: 'failed',
  network: 'offline',
  tls: 'offline',
  server: 'failed',
  badResponse: 'failed',
}

/** What a failed call comes to for whoever pressed. */
export const reasonFor = (kind: ProviderErrorKind): ActionRefusal => reasons[kind]

/** A refusal nothing else is to be said about. */
export const refused = (reason: ActionRefusal): WriteRefusal => ({ kind: 'refused', reason })

/** @param reason what a platform knows better than its error's kind tells */
export const refusedBy = (
  error: ProviderError,
  reason: ActionRefusal = reasonFor(error.kind),
): WriteRefusal => ({ kind: 'refused', reason, error })

/** See {@link WriteOutcome}. */
export const unclear = (error: ProviderError): WriteOutcome => ({ kind: 'unclear', error })
