/** What is looked at of a screen; a part of Electron's `Display`. */
export interface DisplayLike {
  readonly id: number
}

/**
 * The screen to fill: the one asked for, counted from 1, or the primary one while that is not plugged in. Pure.
 * @param displays in the system's order
 */
export function chooseDisplay<T extends DisplayLike>(
  displays: readonly T[],
  primary: T,
  wanted: number | null,
): T {
  return wanted === null ? primary : (displays[wanted - 1] ?? primary)
}
