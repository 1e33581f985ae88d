import { found } from '../../core/doctor/Finding.ts'
import type { Finding } from '../../core/doctor/Finding.ts'
import { SealError } from '../adapters/createSeal.ts'
import type { Seal } from '../adapters/createSeal.ts'

/** A text nobody minds; sealed only to see how well. */
const PROBE = 'doorplate sealing probe'

/**
 * Seals and opens a text as the panel would a secret. Nothing is kept.
 * @param seal one whose calls end in time
 */
export async function checkKeyring(seal: Seal, timeoutMs: number): Promise<Finding> {
  try {
    const sealed = await seal.seal(PROBE)
    if ((await seal.open(sealed)).text !== PROBE) return found('fail', 'keyringRefused')
    return sealed.strength === 'sealed' ? found('ok', 'keyringSealed') : found('warn', 'keyringObfuscated')
  } catch (error: unknown) {
    return error instanceof SealError && error.failure === 'pending'
      ? found('fail', 'keyringHangs', { seconds: timeoutMs / 1000 })
      : found('fail', 'keyringRefused')
  }
}
