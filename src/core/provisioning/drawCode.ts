import { renderSVG, renderUnicodeCompact } from 'uqr'

/** A code of more modules than this is read by few scanners, and by none off a terminal. */
const MAX_DRAWN_LENGTH = 1500

/** A code as a picture. */
export interface DrawnCode {
  readonly terminal: string
  readonly svg: string
}

/** @returns null when the text is too long for a code that a scanner at a door would read */
export function drawCode(text: string): DrawnCode | null {
  if (text.length > MAX_DRAWN_LENGTH) return null
  const options = { ecc: 'L', border: 2 } as const
  return { terminal: renderUnicodeCompact(text, options), svg: renderSVG(text, options) }
}
