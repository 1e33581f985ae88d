import { setMaxListeners } from 'node:events'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'

import { addControlRoutes } from './control/controlRoutes.ts'
import { createFaultBook } from './faults/faultBook.ts'
import { addFaultHooks } from './faults/faultHooks.ts'
import { createCallLog } from './http/callLog.ts'
import { createCallsInProcess } from './http/callsInProcess.ts'
import type { ErrorAnswer, Platform } from './platforms/Platform.ts'
import { dingtalkPlatform } from './platforms/dingtalk/dingtalkPlatform.ts'
import { feishuPlatform } from './platforms/feishu/feishuPlatform.ts'
import { wecomPlatform } from './platforms/wecom/wecomPlatform.ts'
import { createWorld } from './world/createWorld.ts'
import type { SeedName, World } from './world/World.ts'

const platforms: readonly Platform[] = [wecomPlatform, dingtalkPlatform, feishuPlatform]

export interface SimulatorOptions {
  /** The clock under the world's clock, in epoch milliseconds; the real one by default. */
  readonly now?: () => number
  /** How time passes for an answer that comes late, until the signal fires; real time by default. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>
  /** Told one line per call to a platform: method, path, HTTP status, milliseconds. Never a query or a body. */
  readonly log?: (line: string) => void
  /** What the world starts with; `day` by default. */
  readonly seed?: SeedName
}

/** The vendors' servers, for tests in the same process and for the command line. */
export interface Simulator {
  /**
   * @param port 0 for any free port
   * @throws the system's error (code EADDRINUSE, EACCES) when the port cannot be had
   */
  listen(port: number, host?: string): Promise<{ readonly url: string }>
  /** Answers one call in this process, without a connection: as `fetch` does, in whatever time `now` and `wait` tell. */
  readonly handle: (address: string, init?: RequestInit) => Promise<Response>
  /** Cuts every connection and every wait. */
  close(): Promise<void>
  readonly world: World
}

const noErrorAnswer: ErrorAnswer = { status: 200, body: {} }
const pathOf = (request: FastifyRequest): string => request.url.split('?', 1)[0] ?? ''
const platformOf = (path: string): Platform | undefined => platforms.find((one) => one.isOwnPath(path))

const addressOf = (address: AddressInfo | string | null): string => {
  if (address === null || typeof address === 'string') throw new Error('the simulator listens on no TCP port')
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return `http://${host}:${address.port}`
}

function addCallLine(server: FastifyInstance, log: (line: string) => void): void {
  server.addHook('onResponse', async (request, reply) => {
    log(`${request.method} ${pathOf(request)} ${reply.statusCode} ${Math.round(reply.elapsedTime)} ms`)
  })
}

const realWait = (ms: number, signal: AbortSignal): Promise<void> => pause(ms, undefined, { signal })

/** Builds a simulator that does not listen yet. */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const { now = Date.now, wait = realWait, log, seed = 'day' } = options
  const world = createWorld(now)
  world.reset(seed)
  const faults = createFaultBook()
  const calls = createCallLog()
  const closing = new AbortController()
  // Every waiting answer listens.
  setMaxListeners(0, closing.signal)
  const server = Fastify({ forceCloseConnections: true, routerOptions: { ignoreTrailingSlash: false } })

  server.addHook('onRequest', async (request, reply) => {
    world.agenda.runDue()
    reply.header('date', new Date(world.clock.now()).toUTCString())
    const path = pathOf(request)
    if (platformOf(path) === undefined) return
    // The call, not its address: some vendors have ids of people and events in theirs.
    calls.count(request.routeOptions.url ?? path)
    world.limits.enter(request.raw)
    reply.raw.once('close', () => world.limits.leave(request.raw))
  })
  const { handle } = createCallsInProcess(server, () => faults.all().length > 0)
  addFaultHooks(server, {
    faults,
    wait,
    pathOf,
    isPlatformPath: (path) => platformOf(path) !== undefined,
    errorAnswer: (path, errcode, errmsg) =>
      platformOf(path)?.errorAnswer(path, errcode, errmsg) ?? noErrorAnswer,
    closing: closing.signal,
  })
  if (log !== undefined) addCallLine(server, log)
  server.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .type('text/plain; charset=utf-8')
      .send(`nothing at ${pathOf(request)}\n`),
  )
  void server.register((scope, _options, done) => {
    addControlRoutes(scope, { world, faults, calls })
    done()
  })
  for (const platform of platforms)
    void server.register((scope, _options, done) => {
      platform.addRoutes(scope, world)
      done()
    })

  return {
    world,
    listen: async (port, host = '127.0.0.1') => {
      await server.listen({ port, host })
      return { url: addressOf(server.server.address()) }
    },
    handle,
    close: async () => {
      closing.abort()
      await server.close()
    },
  }
}
