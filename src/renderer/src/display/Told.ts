import type { Press, PressResult } from './Press.ts'

/** What whoever stands at the door is told at the moment. */
export type Told =
  /** A press is under way that no button shows. */
  | { readonly kind: 'sending' }
  /** Why something is not offered, in words. */
  | { readonly kind: 'reason'; readonly text: string }
  | { readonly kind: 'result'; readonly press: Press; readonly result: PressResult }
