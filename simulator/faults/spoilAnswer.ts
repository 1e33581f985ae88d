import { type Fields, isFields } from '../http/fields.ts'
import type { Fault } from './fault.ts'

const envelope = new Set([
  'errcode',
  'errmsg',
  'code',
  'msg',
  'message',
  'requestId',
  'requestid',
  'request_id',
])
const roomKeys = ['meetingroom_id', 'meeting_room_id', 'room_id', 'roomId']
const moreKeys = new Set(['has_more', 'hasMore'])
const cursorKeys = new Set(['next_cursor', 'nextToken', 'page_token'])

/** Rebuilds a JSON value from its leaves up; `change` sees each field after its own content was rebuilt. */
function rebuild(
  value: unknown,
  change: (name: string, value: unknown, depth: number) => unknown,
  depth = 0,
): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => rebuild(item, change, depth + 1))
  if (!isFields(value)) return value
  const next: Record<string, unknown> = {}
  for (const [name, content] of Object.entries(value)) {
    const changed = change(name, rebuild(content, change, depth + 1), depth)
    if (changed !== undefined) next[name] = changed
  }
  return next
}

function otherType(value: unknown): unknown {
  switch (typeof value) {
    case 'number':
      return `not a number: ${value}`
    case 'string':
      return value.length
    case 'boolean':
      return 'maybe'
    default:
      return value
  }
}

const isRoom = (value: unknown, id: string): boolean =>
  isFields(value) && roomKeys.some((key) => isSameId(value[key], id))
const isSameId = (value: unknown, id: string): boolean =>
  (typeof value === 'number' || typeof value === 'string') && String(value) === id

/** Some answers have a list of rooms, others an object with a field for each. */
function withoutRoom(name: string, value: unknown, id: string): unknown {
  if (name === id) return undefined
  return Array.isArray(value) ? value.filter((item: unknown) => !isRoom(item, id)) : value
}

/** Answers that name failed rooms in a list of their own lose the room elsewhere and gain it there. */
function withErrorRoomId(value: unknown, id: string): unknown {
  const failed = isFields(value) ? value['error_room_ids'] : undefined
  if (!isFields(value) || !Array.isArray(failed)) return value
  const known: readonly unknown[] = failed
  const rest = rebuild(value, (name, part) => (name === id ? undefined : part))
  return { ...(isFields(rest) ? rest : {}), error_room_ids: [...new Set([...known, id])] }
}

/** A cursor that stays what it was of type: some vendors count in numbers. */
const repeatedCursor = (value: unknown): unknown => (typeof value === 'number' ? 777 : 'repeated-cursor')

/** The room's part of an answer as a failed read of it: an error, and lists with nothing in them. */
function withRoomError(item: unknown, { meetingroomId, errmsg }: Fault): unknown {
  if (!isFields(item) || !isRoom(item, meetingroomId)) return item
  const emptied = Object.entries(item).map(([name, value]) => [name, Array.isArray(value) ? [] : value])
  return { ...Object.fromEntries(emptied), error: errmsg }
}

/** Spoils an otherwise good answer as the fault says; kinds that act on bytes leave it as it is. */
export function spoilAnswer(answer: Fields, fault: Fault): unknown {
  const { fields } = fault
  switch (fault.kind) {
    case 'wrongTypes':
      return rebuild(answer, (name, value) => {
        if (fields !== null)
          return fields.includes(name)
            ? isFields(value) || Array.isArray(value)
              ? 7
              : otherType(value)
            : value
        return envelope.has(name) ? value : otherType(value)
      })
    case 'missingFields':
      return rebuild(answer, (name, value, depth) => {
        const isHit = fields === null ? depth === 0 && !envelope.has(name) : fields.includes(name)
        return isHit ? undefined : value
      })
    case 'missingRoom':
      return rebuild(answer, (name, value) => withoutRoom(name, value, fault.meetingroomId))
    case 'roomError':
      return rebuild(answer, (_name, value) =>
        Array.isArray(value)
          ? value.map((item: unknown) => withRoomError(item, fault))
          : withErrorRoomId(value, fault.meetingroomId),
      )
    case 'repeatCursor':
      return rebuild(answer, (name, value) =>
        moreKeys.has(name) ? true : cursorKeys.has(name) ? repeatedCursor(value) : value,
      )
    default:
      return answer
  }
}
