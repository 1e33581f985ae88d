import { type Fields, FieldError } from '../../http/fields.ts'

/** A parameter that may be missing; an empty one counts as missing. @throws FieldError when it is there twice */
export function queryText(query: Fields, name: string): string | undefined {
  const value = query[name]
  if (value === undefined || value === '') return undefined
  if (typeof value !== 'string') throw new FieldError(name, 'given once')
  return value
}

export function requiredText(query: Fields, name: string): string {
  const value = queryText(query, name)
  if (value === undefined) throw new FieldError(name, 'given')
  return value
}

/** A list as repeated keys, `name=a&name=b`. Brackets behind the name make another name of it. */
export function queryTexts(query: Fields, name: string): readonly string[] {
  const value = query[name]
  const list: readonly unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value]
  return list.map((item) => {
    if (typeof item !== 'string' || item === '') throw new FieldError(name, 'a list of ids')
    return item
  })
}

/** Unix seconds in decimal text, as milliseconds. */
export function querySecondsMs(query: Fields, name: string): number {
  const text = requiredText(query, name)
  if (!/^-?\d{1,11}$/.test(text)) throw new FieldError(name, 'unix seconds')
  return Number(text) * 1000
}

export function queryInteger(query: Fields, name: string): number | undefined {
  const text = queryText(query, name)
  if (text === undefined) return undefined
  if (!/^-?\d{1,9}$/.test(text)) throw new FieldError(name, 'an integer')
  return Number(text)
}

export function queryBoolean(query: Fields, name: string): boolean {
  const text = queryText(query, name)
  if (text !== undefined && text !== 'true' && text !== 'false') throw new FieldError(name, 'true or false')
  return text === 'true'
}
