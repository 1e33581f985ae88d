import { isIPv6 } from 'node:net'
import { fastify } from 'fastify'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Core } from '../../core/Core.ts'
import type { Clock } from '../../core/ports/Clock.ts'
import type { Logger } from '../../core/ports/Logger.ts'
import { errorCode } from '../../core/storage/StorageFs.ts'
import { HostFailure, failureCodes } from '../HostFailure.ts'
import { addApiRoutes, sendError } from './apiRoutes.ts'
import { addEventStream, DEFAULT_MAX_CLIENTS } from './events.ts'
import { findRefusal, securityHeaders } from './guard.ts'
import type { GuardPolicy, Refusal } from './guard.ts'
import { addStaticFiles } from './staticFiles.ts'
import type { ScreenFiles } from './staticFiles.ts'

/** What {@link createServer} needs. */
export interface ServerDeps {
  readonly core: Pick<Core, 'callerOf' | 'dispatch' | 'subscribe'>
  readonly clock: Pick<Clock, 'schedule'>
  readonly log: Logger
  readonly screen: ScreenFiles
  readonly guard: GuardPolicy
  /** Event streams at a time. */
  readonly maxClients?: number | undefined
}

/** The HTTP side of the host. */
export interface Server {
  /**
   * @returns the port it listens on, which matters when 0 was asked for
   * @throws HostFailure when the address cannot be had
   */
  listen(host: string, port: number): Promise<number>
  /** Ends the event streams, then every connection. */
  close(): Promise<void>
  /** The framework's own object, for tests that need no socket. */
  readonly app: FastifyInstance
}

const REQUEST_DEADLINE_MS = 10_000
const LONGEST_ROUTE_NAME = 200

const isApi = (url: string): boolean => url.startsWith('/api/')

function sendRefusal(request: FastifyRequest, reply: FastifyReply, { rule, reason }: Refusal): FastifyReply {
  if (isApi(request.url))
    return sendError(reply, { code: 'forbidden', issues: [{ path: rule, message: reason }] })
  return reply.code(403).type('text/plain; charset=utf-8').send(`${reason}\n`)
}

function sendFailure(log: Logger, error: FastifyError, reply: FastifyReply): FastifyReply {
  const status = error.statusCode ?? 500
  if (status < 500) return sendError(reply, { code: 'badRequest' }, status)
  log.error('a request failed by a bug', { type: error.name, code: error.code })
  return sendError(reply, { code: 'internal' })
}

/** A path that exists under another method names it; anything else does not exist. */
function sendNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const isPost = request.method === 'POST'
  if (isApi(request.url) && isPost) return sendError(reply, { code: 'unknownRoute' })
  void reply.header('allow', isApi(request.url) ? 'POST' : 'GET, HEAD')
  return sendError(reply, { code: 'badRequest' }, 405)
}

/** Only the first refusal of a kind is worth a line; a scanner must not fill the disk. */
function createRefusalLog(log: Logger): (refusal: Refusal) => void {
  const seen = new Set<Refusal['rule']>()
  return ({ rule, reason }) => {
    if (seen.has(rule)) return
    seen.add(rule)
    log.warn('a request was refused; further ones of this kind are not logged', { rule, reason })
  }
}

function listenFailure(error: unknown, host: string, port: number): HostFailure {
  const problems: Readonly<Record<string, string>> = {
    EADDRINUSE: `port ${port} of ${host} is taken, perhaps by another Doorplate. Choose another with --port.`,
    EACCES: `this user may not listen on port ${port}. Choose one above 1023 with --port.`,
    EADDRNOTAVAIL: `${host} is not an address of this machine. Correct --host.`,
    ENOTFOUND: `${host} is not a name this machine knows. Correct --host.`,
  }
  const code = errorCode(error)
  const problem = problems[code] ?? `cannot listen on ${host}, port ${port} (${code}).`
  return new HostFailure(failureCodes.failed, [problem], { cause: error })
}

/** Where a browser on this machine reaches what listens on `host`: every address includes the loopback one. */
export function addressOf(host: string, port: number): string {
  const name = ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : isIPv6(host) ? `[${host}]` : host
  return `http://${name}:${port}/`
}

/** Puts guard, API, event stream and screen together. Nothing listens before {@link Server.listen}. */
export function createServer({ core, clock, log, screen, guard, maxClients }: ServerDeps): Server {
  const headers = securityHeaders(guard)
  const logRefusal = createRefusalLog(log)
  const app = fastify({
    logger: false,
    forceCloseConnections: true,
    requestTimeout: REQUEST_DEADLINE_MS,
    routerOptions: { maxParamLength: LONGEST_ROUTE_NAME },
    frameworkErrors: (error, _request, reply) => void sendFailure(log, error, reply.headers(headers)),
  })
  // Leaves JSON as the only body there is.
  app.removeContentTypeParser('text/plain')
  app.addHook('onRequest', async (request, reply) => {
    void reply.headers(headers)
    const refusal = findRefusal(guard, request.url, request.headers)
    if (!refusal) return
    logRefusal(refusal)
    return sendRefusal(request, reply, refusal)
  })
  app.setErrorHandler<FastifyError>((error, _request, reply) => sendFailure(log, error, reply))
  app.setNotFoundHandler(sendNotFound)
  addApiRoutes(app, core)
  const stream = addEventStream(app, { core, clock, log, maxClients: maxClients ?? DEFAULT_MAX_CLIENTS })
  addStaticFiles(app, screen)

  async function listen(host: string, port: number): Promise<number> {
    try {
      await app.listen({ host, port })
    } catch (error: unknown) {
      throw listenFailure(error, host, port)
    }
    const bound = app.server.address()
    return typeof bound === 'object' && bound !== null ? bound.port : port
  }

  async function close(): Promise<void> {
    stream.close()
    await app.close()
  }
  return { listen, close, app }
}
