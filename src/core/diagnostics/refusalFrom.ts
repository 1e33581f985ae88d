import type { Refusal } from '../../shared/api/refusal.ts'
import type { ProviderError } from '../providers/ProviderError.ts'

/** A provider's error as an admin's screen may know it. */
export function refusalFrom({ kind, details }: ProviderError): Refusal {
  return {
    kind,
    vendorCode: details.vendorCode ?? null,
    refusedAddress: details.refusedAddress ?? null,
    missingPermission: details.missingPermission ?? null,
    hint: details.hint ?? null,
  }
}
