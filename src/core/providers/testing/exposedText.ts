import { inspect } from 'node:util'

/** Everything a log, a crash report or a curious serializer could get out of a value, hidden properties and causes included. */
export function exposedText(value: unknown): string {
  const json = JSON.stringify(value, (_key, part: unknown) =>
    part instanceof Error
      ? Object.assign({}, part, { message: part.message, stack: part.stack, cause: part.cause })
      : part,
  )
  return `${json}\n${inspect(value, { depth: Infinity, showHidden: true, getters: true })}`
}
