import type { OfferedPress, Press } from './Press.ts'

/** The one question that may lie over the panel, and what it is about. */
export type OpenSheet =
  /** A later time of the day, as it was tapped: epoch milliseconds. */
  | { readonly kind: 'slot'; readonly startMs: number }
  /** A second look before the press is sent. */
  | { readonly kind: 'confirm'; readonly offered: OfferedPress }
  /** The press waits for its PIN. */
  | { readonly kind: 'pin'; readonly press: Press }
