/** Where a text stops being JSON. Line and column count from 1. */
export interface JsonFault {
  readonly line: number
  readonly column: number
  readonly problem: string
}

interface Fault {
  readonly at: number
  readonly problem: string
}

/** Next position after a part that is fine, or the fault in it. */
type Step = number | Fault

const isFault = (step: Step): step is Fault => typeof step !== 'number'
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
const string = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy
const space = /[ \t\r\n]*/y

function match(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}

const skip = (text: string, at: number): number => match(space, text, at)

function expected(text: string, at: number, what: string): Fault {
  if (at >= text.length) return { at, problem: `the file ends here; expected ${what}` }
  if (text.startsWith('//', at) || text.startsWith('/*', at)) return { at, problem: 'JSON has no comments' }
  if (text[at] === "'") return { at, problem: 'texts stand in double quotes' }
  return { at, problem: `expected ${what}` }
}

function scanString(text: string, at: number): Step {
  const end = match(string, text, at)
  return end > at ? end : { at, problem: 'this text does not end on its line or holds a wrong escape' }
}

function scanPair(text: string, at: number): Step {
  if (text[at] !== '"') return expected(text, at, 'a field name in double quotes')
  const name = scanString(text, at)
  if (isFault(name)) return name
  const colon = skip(text, name)
  return text[colon] === ':' ? scanValue(text, skip(text, colon + 1)) : expected(text, colon, '":"')
}

function scanList(text: string, open: number, close: string, scanItem: typeof scanValue): Step {
  let at = skip(text, open + 1)
  if (text[at] === close) return at + 1
  for (;;) {
    const item = scanItem(text, at)
    if (isFault(item)) return item
    at = skip(text, item)
    if (text[at] === close) return at + 1
    if (text[at] !== ',') return expected(text, at, `"," or "${close}"`)
    const comma = at
    at = skip(text, comma + 1)
    if (text[at] === close)
      return { at: comma, problem: `the last item before "${close}" must have no comma` }
  }
}

function scanValue(text: string, at: number): Step {
  if (text[at] === '{') return scanList(text, at, '}', scanPair)
  if (text[at] === '[') return scanList(text, at, ']', scanValue)
  if (text[at] === '"') return scanString(text, at)
  const end = match(scalar, text, at)
  return end > at ? end : expected(text, at, 'a value')
}

/**
 * Says where and why a text is not JSON, without quoting it: it may hold a secret. The engine's own message quotes, and
 * often names no position.
 * @returns null when nothing is wrong
 */
export function findJsonFault(text: string): JsonFault | null {
  const value = scanValue(text, skip(text, 0))
  const end = isFault(value) ? value.at : skip(text, value)
  if (!isFault(value) && end >= text.length) return null
  const before = text.slice(0, end).split('\n')
  const problem = isFault(value) ? value.problem : 'nothing may follow the first value'
  return { line: before.length, column: (before.at(-1) ?? '').length + 1, problem }
}
