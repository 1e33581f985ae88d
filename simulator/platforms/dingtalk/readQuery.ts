import { FieldError, type Fields, isGiven } from '../../http/fields.ts'

/** An integer in an address. @throws FieldError */
export function readQueryInteger(query: Fields, name: string): number {
  const value = query[name]
  const number = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : Number.NaN
  if (!Number.isSafeInteger(number)) throw new FieldError(name, 'an integer')
  return number
}

/** An integer in an address, with what it is when it is missing. @throws FieldError when out of bounds */
export function readQueryCount(query: Fields, name: string, fallback: number | null, most: number): number {
  if (!isGiven(query, name) && fallback !== null) return fallback
  const value = readQueryInteger(query, name)
  if (value < 1 || value > most) throw new FieldError(name, `from 1 to ${most}`)
  return value
}
