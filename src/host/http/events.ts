import type { ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { Core } from '../../core/Core.ts'
import type { Clock } from '../../core/ports/Clock.ts'
import type { Logger } from '../../core/ports/Logger.ts'
import type { ApiEvent } from '../../shared/api/events.ts'
import { sendError } from './apiRoutes.ts'

/** Enough for two displays at each of the 200 rooms the settings allow. */
export const DEFAULT_MAX_CLIENTS = 400

/** Often enough that a screen notices a dead connection within half a minute, and a proxy does not end a silent one. */
const PING_INTERVAL_MS = 15_000

/** What {@link addEventStream} needs. */
export interface EventStreamDeps {
  readonly core: Pick<Core, 'subscribe'>
  readonly clock: Pick<Clock, 'schedule'>
  readonly log: Logger
  readonly maxClients: number
}

interface Client {
  readonly response: ServerResponse
  /** The only room this client wants to hear of; undefined means every room. */
  readonly roomId: string | undefined
  /** What could not be sent yet: only the newest state of each room, so that a slow client never costs more than that. */
  readonly waiting: Map<string, string>
  /** It took nothing since the last ping. */
  isStuck: boolean
}

/** The open streams, seen from the host that must end them. */
export interface EventStream {
  /** Ends every stream and takes no further one. */
  close(): void
}

const frame = (name: string, data: unknown): string => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`

/** Events of one subject replace each other, since each carries the whole state. */
const subjectOf = (event: ApiEvent): string =>
  event.name === 'room.changed' ? `room:${event.payload.snapshot.room.id}` : event.name

const concerns = ({ roomId }: Client, event: ApiEvent): boolean =>
  roomId === undefined || event.name !== 'room.changed' || event.payload.snapshot.room.id === roomId

function deliver({ response, waiting }: Client, subject: string, text: string): void {
  if (response.writableNeedDrain) waiting.set(subject, text)
  else response.write(text)
}

function flush(client: Client): void {
  client.isStuck = false
  for (const [subject, text] of client.waiting) {
    if (client.response.writableNeedDrain) return
    client.waiting.delete(subject)
    client.response.write(text)
  }
}

/** @returns false for a client that took nothing since the ping before */
function ping(client: Client): boolean {
  if (!client.response.writableNeedDrain) {
    client.response.write(frame('ping', {}))
    return true
  }
  if (client.isStuck) return false
  client.isStuck = true
  return true
}

/**
 * `GET /api/events`: every event of the core as one server-sent event with its own name, `ping` in between.
 * `?roomId=<id>` leaves out the other rooms. Nothing is replayed: a client subscribes first, then asks for the snapshot.
 */
export function addEventStream(app: FastifyInstance, deps: EventStreamDeps): EventStream {
  const { clock, log, maxClients } = deps
  const clients = new Set<Client>()
  let isClosed = false
  let cancelPing: (() => void) | null = null

  function publish(event: ApiEvent): void {
    const text = frame(event.name, event.payload)
    for (const client of clients) if (concerns(client, event)) deliver(client, subjectOf(event), text)
  }

  function armPing(): void {
    cancelPing ??= clock.schedule(PING_INTERVAL_MS, () => {
      cancelPing = null
      for (const client of [...clients].filter((one) => !ping(one))) {
        clients.delete(client)
        client.response.destroy()
        log.warn('a client that does not read was dropped', { clients: clients.size })
      }
      if (clients.size > 0) armPing()
    })
  }

  function join(response: ServerResponse, roomId: string | undefined): void {
    const client: Client = { response, roomId, waiting: new Map(), isStuck: false }
    clients.add(client)
    // Without a listener the error of a vanished client would end the process.
    response.on('error', () => undefined)
    response.on('close', () => clients.delete(client))
    response.on('drain', () => flush(client))
    response.write(': connected\n\n')
    armPing()
  }

  app.get<{ Querystring: { roomId?: string } }>(
    '/api/events',
    { exposeHeadRoute: false },
    (request, reply) => {
      if (isClosed || clients.size >= maxClients) {
        void reply.header('retry-after', '5')
        return sendError(reply, { code: 'unavailable' })
      }
      reply.hijack()
      // A hijacked answer leaves the framework, and with it the headers the guard has set.
      for (const [name, value] of Object.entries(reply.getHeaders())) {
        if (value !== undefined) reply.raw.setHeader(name, value)
      }
      reply.raw.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'x-accel-buffering': 'no',
      })
      join(reply.raw, request.query.roomId)
      return reply
    },
  )

  const unsubscribe = deps.core.subscribe(publish)
  function close(): void {
    isClosed = true
    unsubscribe()
    cancelPing?.()
    for (const { response } of clients) response.end()
    clients.clear()
  }
  return { close }
}
