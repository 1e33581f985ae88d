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

/** The platform's own sentences for a vendor code, where a form was made for it and knows the code. */
function vendorText(platform: Platform | null, code: string | null): string | null {
  const facts = Object.entries(platformForms).find(([name]) => name === platform)?.[1]
  const name = code === null ? undefined : facts?.vendorTexts[code]
  return name === undefined ? null : `settings.platforms.${String(platform)}.vendor.${name}`
}

function explainRefusal(refusal: Refusal, platform: Platform | null): Explanation {
  const base = vendorText(platform, refusal.vendorCode) ?? `settings.refusal.${refusal.kind}`
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
