/** How well a host can protect a secret at rest, as the core names it; each has its honest sentence. */
export const strengthNames = ['sealed', 'obfuscated', 'fileOnly', 'environment', 'unavailable'] as const

/** The known name of a strength; one this screen has never heard of counts as none. */
export function strengthName(strength: string): (typeof strengthNames)[number] {
  return strengthNames.find((name) => name === strength) ?? 'unavailable'
}
