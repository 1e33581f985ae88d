/** A JSON object from outside, nothing known about it. */
export type Fields = Readonly<Record<string, unknown>>

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** One field of an input is not what it has to be. */
export class FieldError extends Error {
  readonly field: string

  constructor(field: string, expected: string) {
    super(`${field} must be ${expected}`)
    this.name = 'FieldError'
    this.field = field
  }
}

type Reader<T> = (fields: Fields, name: string) => T

/** Absent and null are the same: not given. */
export const isGiven = (fields: Fields, name: string): boolean =>
  fields[name] !== undefined && fields[name] !== null

/** The same reader for a field that may be missing. */
export const optional =
  <T>(read: Reader<T>): Reader<T | undefined> =>
  (fields, name) =>
    isGiven(fields, name) ? read(fields, name) : undefined

export const readInteger: Reader<number> = (fields, name) => {
  const value = fields[name]
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new FieldError(name, 'an integer')
  return value
}

export const readNumber: Reader<number> = (fields, name) => {
  const value = fields[name]
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new FieldError(name, 'a number')
  return value
}

export const readText: Reader<string> = (fields, name) => {
  const value = fields[name]
  if (typeof value !== 'string') throw new FieldError(name, 'a text')
  return value
}

export const readFilledText: Reader<string> = (fields, name) => {
  const value = fields[name]
  if (typeof value !== 'string' || value === '') throw new FieldError(name, 'a text that is not empty')
  return value
}

export const readBoolean: Reader<boolean> = (fields, name) => {
  const value = fields[name]
  if (typeof value !== 'boolean') throw new FieldError(name, 'true or false')
  return value
}

export const readTexts: Reader<readonly string[]> = (fields, name) => {
  const value = fields[name]
  if (!Array.isArray(value)) throw new FieldError(name, 'a list of texts')
  return value.map((item: unknown) => {
    if (typeof item !== 'string') throw new FieldError(name, 'a list of texts')
    return item
  })
}

export const readIntegers: Reader<readonly number[]> = (fields, name) => {
  const value = fields[name]
  if (!Array.isArray(value)) throw new FieldError(name, 'a list of integers')
  return value.map((item: unknown) => {
    if (typeof item !== 'number' || !Number.isSafeInteger(item))
      throw new FieldError(name, 'a list of integers')
    return item
  })
}

export const readObject: Reader<Fields> = (fields, name) => {
  const value = fields[name]
  if (!isFields(value)) throw new FieldError(name, 'an object')
  return value
}

/** A reader for one of a few words. */
export const readOneOf =
  <T extends string>(words: readonly T[]): Reader<T> =>
  (fields, name) => {
    const word = words.find((one) => one === fields[name])
    if (word === undefined) throw new FieldError(name, `one of ${words.join(', ')}`)
    return word
  }

/** Refuses what nobody reads: a misspelt field must not pass in silence. */
export function refuseUnknown(fields: Fields, known: readonly string[]): void {
  const stray = Object.keys(fields).find((name) => !known.includes(name))
  if (stray !== undefined) throw new FieldError(stray, `absent: the fields are ${known.join(', ')}`)
}

/** The given ones of several fields, for a patch: what is absent stays out of the result. */
export function withoutUndefined<T extends object>(patch: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const given: { [K in keyof T]?: Exclude<T[K], undefined> } = {}
  for (const key in patch) {
    const value = patch[key]
    if (isDefined(value)) given[key] = value
  }
  return given
}

const isDefined = <T>(value: T): value is Exclude<T, undefined> => value !== undefined
