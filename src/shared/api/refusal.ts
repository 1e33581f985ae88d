import type { ProviderErrorKind } from '../domain/providerErrorKind.ts'

/** One field that was refused. */
export interface FieldIssue {
  /** Path of the field, e.g. `rooms.0.id`; empty for the whole input. */
  readonly path: string
  readonly message: string
}

/** A platform's refusal as an admin may see it: facts to act on, no title, name or secret. */
export interface Refusal {
  readonly kind: ProviderErrorKind
  readonly vendorCode: string | null
  /** The caller address WeCom refused (60020), ready to paste into the allow-list. */
  readonly refusedAddress: string | null
  readonly missingPermission: string | null
  /** Names the platform's own sentence that tells what to do; null where the kind's general one does. */
  readonly hint: string | null
}
