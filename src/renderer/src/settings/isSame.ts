/** A field set to undefined and a field left out mean the same to whoever stores them. */
const keysOf = (value: object): readonly string[] =>
  Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .map(([key]) => key)

/** Whether two plain values say the same, whatever the order of their fields. */
export function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b)
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const fields = new Map<string, unknown>(Object.entries(b))
  const keys = keysOf(a)
  return (
    keys.length === keysOf(b).length &&
    Object.entries(a).every(([key, value]) => isSame(value, fields.get(key)))
  )
}
