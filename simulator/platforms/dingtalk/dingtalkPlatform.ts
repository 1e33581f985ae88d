import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import { FieldError, type Fields, isFields } from '../../http/fields.ts'
import type { World } from '../../world/World.ts'
import type { Platform } from '../Platform.ts'
import {
  BannedError,
  DingtalkError,
  dingtalkCodes,
  errorBody,
  newRequestId,
  statusOfCode,
} from './dingtalkError.ts'
import type { DingtalkRoute } from './DingtalkRoute.ts'
import { eventRoomRoutes } from './eventRoomRoutes.ts'
import { eventRoutes } from './eventRoutes.ts'
import { checkAttempt, checkBan, quotaName } from './gate.ts'
import { roomRoutes } from './roomRoutes.ts'
import { scheduleRoute } from './scheduleRoute.ts'
import { signRoutes } from './signRoutes.ts'
import { issueCorpToken, issueToken } from './tokenRoutes.ts'
import { oldTokenAnswer, topapiAnswer, topapiRoutes } from './topapiRoutes.ts'

const routes: readonly DingtalkRoute[] = [
  ...roomRoutes,
  scheduleRoute,
  ...eventRoutes,
  ...eventRoomRoutes,
  ...signRoutes,
]

const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {})
const isForm = (request: FastifyRequest): boolean =>
  (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')

/** The new API takes JSON and nothing else: a form, or nothing, is no body to it. @throws DingtalkError */
function jsonBody(request: FastifyRequest): Fields {
  const { body } = request
  if (typeof body !== 'string' || body.trim() === '' || isForm(request))
    throw new DingtalkError(dingtalkCodes.missingBody, 'body is mandatory for this action')
  try {
    const parsed: unknown = JSON.parse(body)
    if (isFields(parsed)) return parsed
  } catch {
    throw new FieldError('body', 'JSON')
  }
  throw new FieldError('body', 'a JSON object')
}

/** The old API takes JSON and forms alike. */
function anyBody(request: FastifyRequest): Fields {
  const { body } = request
  if (typeof body !== 'string') return {}
  if (isForm(request)) return Object.fromEntries(new URLSearchParams(body))
  try {
    return fieldsOf(JSON.parse(body))
  } catch {
    return {}
  }
}

function refusalOf(error: unknown, path: string): DingtalkError {
  if (error instanceof DingtalkError) return error
  if (!(error instanceof FieldError)) throw error
  const isRooms = path.startsWith('/v1.0/rooms/')
  return new DingtalkError(
    isRooms ? dingtalkCodes.badRoomsParameter : dingtalkCodes.badParameter,
    isRooms ? `Param Error: ${error.message}` : error.message,
  )
}

/** The firewall before the APIs: whatever was asked, and with HTTP 200 (its status is UNVERIFIED). */
const banAnswer = (): Fields => ({
  status: 1111,
  wait: 5,
  source: 'x5',
  punish: 'deny',
  uuid: newRequestId().toLowerCase(),
})

/** Runs a call of either API behind the firewall, with its errors in the envelope of the new one. */
function guarded(world: World, request: FastifyRequest, reply: FastifyReply, run: () => Fields | null) {
  reply.header('x-acs-request-id', newRequestId())
  try {
    checkBan(world)
    return run() ?? reply.send('')
  } catch (error: unknown) {
    if (error instanceof BannedError) return banAnswer()
    const { code, message, rest } = refusalOf(error, request.url)
    return reply.code(statusOfCode(code)).send(errorBody(code, message, rest))
  }
}

/** The remembered answer of an earlier call under the same `x-client-token`, or a fresh one that is remembered. */
function once(world: World, route: DingtalkRoute, request: FastifyRequest, run: () => Fields | null) {
  const token = request.headers['x-client-token']
  if (route.isRepeatable === undefined || typeof token !== 'string') return run()
  const key = `dingtalk ${route.method} ${request.url} ${token}`
  const known = world.answers.recall(key)
  if (isFields(known)) return known
  if (known === 'no body') return null
  const answer = run()
  world.answers.keep(key, answer ?? 'no body')
  return answer
}

function handle(world: World, route: DingtalkRoute, request: FastifyRequest): Fields | null {
  checkAttempt(world, route, request.headers['x-acs-dingtalk-access-token'])
  const hasBody = (route.method === 'POST' || route.method === 'PUT') && route.isBodiless === undefined
  const answer = once(world, route, request, () =>
    route.handle({
      world,
      params: fieldsOf(request.params),
      query: fieldsOf(request.query),
      body: hasBody ? jsonBody(request) : {},
    }),
  )
  if (world.tenant.quirks.sparesFailedCalls) world.quota.spend(quotaName)
  return answer
}

function addTokenRoutes(server: FastifyInstance, world: World): void {
  server.post('/v1.0/oauth2/accessToken', (request, reply) =>
    guarded(world, request, reply, () => issueToken(world, jsonBody(request))),
  )
  server.post('/v1.0/oauth2/:corpId/token', (request, reply) =>
    guarded(world, request, reply, () =>
      issueCorpToken(world, jsonBody(request), fieldsOf(request.params)['corpId']),
    ),
  )
  server.get('/gettoken', (request, reply) =>
    guarded(world, request, reply, () => oldTokenAnswer(world, fieldsOf(request.query))),
  )
}

function addRoutes(server: FastifyInstance, world: World): void {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    done(null, body)
  })
  addTokenRoutes(server, world)
  for (const route of routes)
    server.route({
      method: route.method,
      url: route.path,
      handler: (request, reply) => guarded(world, request, reply, () => handle(world, route, request)),
    })
  for (const route of topapiRoutes)
    server.post(route.path, (request, reply) =>
      guarded(world, request, reply, () =>
        topapiAnswer(world, route, fieldsOf(request.query)['access_token'], anyBody(request)),
      ),
    )
}

const isOldPath = (path: string): boolean => path.startsWith('/topapi/') || path === '/gettoken'

/** DingTalk (钉钉): the new API under `/v1.0/` and what a panel needs of the old one. */
export const dingtalkPlatform: Platform = {
  name: 'dingtalk',
  isOwnPath: (path) => path.startsWith('/v1.0/') || isOldPath(path),
  errorAnswer: (path, errcode, errmsg) =>
    isOldPath(path)
      ? { status: 200, body: { errcode, errmsg, request_id: newRequestId().toLowerCase() } }
      : { status: statusOfCode(String(errcode)), body: errorBody(String(errcode), errmsg) },
  addRoutes,
}
