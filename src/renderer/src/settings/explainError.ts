import type { ApiError } from '../../../shared/api/errors.ts'
import type { Refusal } from '../../../shared/api/refusal.ts'
import type { Platform } from '../../../shared/domain/platform.ts'
import { platformForms } from '../components/settings/platforms/registry.ts'

/** A refusal in keys of the reader's language, with the facts to act on. */
export interface Explanation {
  /** Key of the sentence that says what is wrong. */
  readonly what: string
  /** Key of the sentence that says what to do. */
  readonly todo: string
  /** The address to allow-list. */
  readonly address: string | null
  /** Where in the platform's console the switch is, in the console's words. */
  readonly permission: string | null
  readonly vendorCode: string | null
}

/** The platform's own sentences for a refusal, where its form knows the hint. */
function vendorText(platform: Platform | null, hint: string | null): string | null {
  if (platform === null || hint === null || !platformForms[platform].hints.includes(hint)) return null
  return `settings.platforms.${platform}.vendor.${hint}`
}

function explainRefusal(refusal: Refusal, platform: Platform | null): Explanation {
  const base = vendorText(platform, refusal.hint) ?? `settings.refusal.${refusal.kind}`
  return {
    what: `${base}.what`,
    todo: `${base}.todo`,
    address: refusal.refusedAddress,
    permission: refusal.missingPermission,
    vendorCode: refusal.vendorCode,
  }
}

/** What is wrong and what to do about it, for every refusal the core can give. */
export function explainError({ code, refusal }: ApiError, platform: Platform | null): Explanation {
  if (code === 'refused' && refusal) return explainRefusal(refusal, platform)
  const base = `settings.error.${code}`
  return { what: `${base}.what`, todo: `${base}.todo`, address: null, permission: null, vendorCode: null }
}
