import { type Fields, isFields } from '../../http/fields.ts'

const isEmpty = (value: unknown): boolean =>
  value === '' || value === 0 || value === false || (Array.isArray(value) && value.length === 0)

function drop(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(drop)
  return isFields(value) ? dropEmptyFields(value) : value
}

/** As some of the platform's APIs do: what is empty, 0 or false is not there at all. */
export function dropEmptyFields(fields: Fields): Fields {
  const kept = Object.entries(fields).filter(([, value]) => !isEmpty(value))
  return Object.fromEntries(kept.map(([name, value]) => [name, drop(value)]))
}
