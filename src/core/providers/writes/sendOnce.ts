import type { ProviderErrorKind } from '../../../shared/domain/providerErrorKind.ts'
import { ProviderError } from '../ProviderError.ts'
import { isUnsent } from '../http/transportError.ts'

/** What is known of the one call that changes a room. */
export type Sending<T> =
  | { readonly kind: 'answered'; readonly answer: T }
  /** It never left: nothing can have changed. */
  | { readonly kind: 'unsent'; readonly error: ProviderError }
  /** The platform said no: nothing was changed by it. */
  | { readonly kind: 'refused'; readonly error: ProviderError }
  /** It may have been done, or be done yet. */
  | { readonly kind: 'lost'; readonly error: ProviderError }

/** Said by somebody who looked at the request and turned it down. The other kinds leave open how far it came. */
const DECIDED: ReadonlySet<ProviderErrorKind> = new Set([
  'auth',
  'permission',
  'rateLimited',
  'quota',
  'notFound',
  'ipNotAllowed',
])

/**
 * Makes the call, once, and sorts what came of it.
 * @param call must call `onSend` right before the request leaves, when a token and a place in the queue are there
 * @param isRefusal whether an error of another kind (an unknown code, say) is the platform's own no
 * @throws the signal's reason when it fires before `onSend`
 */
export async function sendOnce<T>(
  call: (onSend: () => void) => Promise<T>,
  isRefusal: (error: ProviderError) => boolean,
  signal: AbortSignal,
): Promise<Sending<T>> {
  signal.throwIfAborted()
  const progress = { isSent: false }
  try {
    const answer = await call(() => {
      progress.isSent = true
    })
    return { kind: 'answered', answer }
  } catch (error) {
    if (signal.aborted) {
      if (!progress.isSent) throw error
      return { kind: 'lost', error: new ProviderError('network', 'given up on while it was under way') }
    }
    if (!(error instanceof ProviderError)) throw error
    if (!progress.isSent || isUnsent(error)) return { kind: 'unsent', error }
    return { kind: DECIDED.has(error.kind) || isRefusal(error) ? 'refused' : 'lost', error }
  }
}
