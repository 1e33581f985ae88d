/** Bounds of what a screen may send. Every input of the product is a few hundred bytes. */
export interface InputLimits {
  /** Roughly the length of the value as JSON. */
  readonly maxLength: number
  readonly maxDepth: number
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function spendList(list: readonly unknown[], left: number, depth: number): number {
  let rest = left
  for (const item of list) {
    rest = spend(item, rest - 1, depth)
    if (rest < 0) return -1
  }
  return rest
}

function spendFields(fields: object, left: number, depth: number): number {
  let rest = left
  for (const [key, item] of Object.entries(fields)) {
    rest = spend(item, rest - key.length - 3, depth)
    if (rest < 0) return -1
  }
  return rest
}

/** @returns what is left of the allowance, negative once it is spent or the value is not plain data */
function spend(value: unknown, left: number, depth: number): number {
  if (left < 0 || depth < 0) return -1
  switch (typeof value) {
    case 'string':
      return left - value.length - 2
    case 'number':
      return Number.isFinite(value) ? left - 8 : -1
    case 'boolean':
    case 'undefined':
      return left - 8
    case 'object':
      if (value === null) return left - 8
      if (Array.isArray(value)) return spendList(value, left - 2, depth - 1)
      return isPlainObject(value) ? spendFields(value, left - 2, depth - 1) : -1
    default:
      return -1
  }
}

/**
 * Whether a value from a screen is plain JSON-like data within its limits. Stops looking as soon as it is not, so that a
 * flood costs no more than the limit.
 */
export function isSmallPlainData(value: unknown, { maxLength, maxDepth }: InputLimits): boolean {
  return spend(value, maxLength, maxDepth) >= 0
}
