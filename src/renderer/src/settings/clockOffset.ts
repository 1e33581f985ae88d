/**
 * Seconds out of a test's clock fact, which some providers give in milliseconds and some as "12 s".
 * @returns null for anything else
 */
export function clockOffsetSeconds(detail: string): number | null {
  const match = /^(-?\d+)(?:\s*(ms|s))?$/.exec(detail.trim())
  if (!match) return null
  const number = Number(match[1])
  return match[2] === 's' ? number : Math.round(number / 1_000)
}
