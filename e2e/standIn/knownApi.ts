import { EventEmitter } from 'node:events'

/** Told everything the app asks of Electron, in order. */
export type Tell = (api: string, ...args: readonly unknown[]) => void

/** Looked for by the language and by loaders on any object; not a use of Electron. */
const innocent = new Set([
  'then',
  'toJSON',
  'default',
  '__esModule',
  'constructor',
  'prototype',
  'length',
  'name',
])

/** An Electron API the stand-in has not learned. It is told, so that a test fails even if the app swallows the error. */
export class UnknownApiError extends Error {}

function refuse(tell: Tell, api: string, why: string): never {
  tell('unknown', api)
  throw new UnknownApiError(`${api}: ${why}`)
}

/**
 * Wraps an object so that whatever it does not have is an error with a name, not `undefined`.
 * @param absent members that really are undefined on this platform
 */
export function knownApi<T extends object>(
  name: string,
  members: T,
  tell: Tell,
  absent: readonly string[] = [],
): T {
  return new Proxy(members, {
    get(target, key, receiver) {
      if (typeof key === 'symbol' || key in target || innocent.has(key) || absent.includes(key)) {
        return Reflect.get(target, key, receiver) as unknown
      }
      return refuse(
        tell,
        `${name}.${key}`,
        'the stand-in for Electron does not know it; teach it in e2e/standIn',
      )
    },
  })
}

/** Makes methods that only need to be seen: they are told and answer a fixed value. */
export function told<Name extends string, Answer = undefined>(
  api: string,
  names: readonly Name[],
  tell: Tell,
  answer?: Answer,
): Record<Name, (...args: unknown[]) => Answer | undefined> {
  return Object.fromEntries(
    names.map((name) => [
      name,
      (...args: unknown[]) => {
        tell(`${api}.${name}`, ...args)
        return answer
      },
    ]),
  ) as Record<Name, (...args: unknown[]) => Answer | undefined>
}

const listening = ['on', 'once', 'addListener', 'prependListener', 'prependOnceListener'] as const

/** An emitter that only knows the events Electron would emit: a listener for any other would wait for ever. */
export class KnownEvents extends EventEmitter {
  constructor(name: string, events: readonly string[], tell: Tell) {
    super()
    for (const method of listening) {
      const listen = super[method].bind(this)
      Object.defineProperty(this, method, {
        value: (event: string | symbol, listener: (...args: unknown[]) => void) => {
          if (typeof event === 'string' && !events.includes(event) && !event.endsWith('Listener')) {
            refuse(
              tell,
              `${name} event ${event}`,
              'the stand-in for Electron does not know it; teach it in e2e/standIn',
            )
          }
          listen(event, listener)
          return this
        },
      })
    }
  }
}

/** Electron's event object, as far as programs use it. */
export interface PreventableEvent {
  defaultPrevented: boolean
  preventDefault(): void
}

/** @param facts what the event carries besides */
export function createEvent<Facts extends object>(facts: Facts): Facts & PreventableEvent {
  const event = {
    ...facts,
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true
    },
  }
  return event
}

/** Emits with an event object first. @returns whether a listener prevented the default */
export function emitPreventable(
  emitter: EventEmitter,
  event: string,
  facts: object,
  ...args: unknown[]
): boolean {
  const object = createEvent(facts)
  emitter.emit(event, object, ...args)
  return object.defaultPrevented
}

/** A copy that can cross to the test: functions and classes become their names. */
export function plain(value: unknown, depth = 4): unknown {
  if (typeof value === 'function') return `[function ${value.name}]`
  if (value === null || typeof value !== 'object') return typeof value === 'symbol' ? String(value) : value
  if (value instanceof Uint8Array || value instanceof Date) return value
  if (value instanceof Error) return { name: value.name, message: value.message }
  if (depth === 0) return '[deep]'
  if (Array.isArray(value)) return value.map((item) => plain(item, depth - 1))
  if (value instanceof EventEmitter) return `[${value.constructor.name}]`
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item, depth - 1)]))
}
