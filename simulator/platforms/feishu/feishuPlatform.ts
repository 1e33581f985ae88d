import { randomUUID } from 'node:crypto'

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import { FieldError, type Fields, isFields } from '../../http/fields.ts'
import type { World } from '../../world/World.ts'
import type { Platform } from '../Platform.ts'
import { attendeeRoutes } from './attendeeRoutes.ts'
import { calendarFreebusyRoute } from './calendarFreebusyRoute.ts'
import { contactRoutes } from './contactRoutes.ts'
import { dropEmptyFields } from './dropEmptyFields.ts'
import { eventRoutes } from './eventRoutes.ts'
import { errorBody, FeishuError, feishuCodes, statusOf } from './feishuError.ts'
import type { FeishuRoute } from './FeishuRoute.ts'
import { freebusyRoute } from './freebusyRoute.ts'
import { checkAttempt } from './gate.ts'
import { levelRoutes } from './levelRoutes.ts'
import { releaseNoShows } from './noShows.ts'
import { replyRoute } from './replyRoute.ts'
import { reservationListRoute } from './reservationListRoute.ts'
import { reserveConfigRoute } from './reserveConfigRoute.ts'
import { roomRoutes } from './roomRoutes.ts'
import { summaryRoute } from './summaryRoute.ts'
import { tokenRoute } from './tokenRoute.ts'
import { videoRoutes } from './videoRoutes.ts'

const base = '/open-apis/'

const routes: readonly FeishuRoute[] = [
  tokenRoute,
  ...roomRoutes,
  ...levelRoutes,
  reserveConfigRoute,
  reservationListRoute,
  freebusyRoute,
  summaryRoute,
  replyRoute,
  ...videoRoutes,
  ...eventRoutes,
  ...attendeeRoutes,
  calendarFreebusyRoute,
  ...contactRoutes,
]

/** That a body under another type than JSON is refused is UNVERIFIED; the documents demand the type. */
function parseBody(request: FastifyRequest): Fields {
  const { body } = request
  if (typeof body !== 'string' || body.trim() === '') return {}
  if (!(request.headers['content-type'] ?? '').startsWith('application/json'))
    throw new FieldError('Content-Type', 'application/json')
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    throw new FieldError('the body', 'JSON')
  }
  if (!isFields(parsed)) throw new FieldError('the body', 'a JSON object')
  return parsed
}

function refusalOf(error: unknown, route: FeishuRoute): FeishuError {
  if (error instanceof FeishuError) return error
  if (!(error instanceof FieldError)) throw error
  return new FeishuError(route.badParameter, `invalid parameter: ${error.message}`, {
    detail: { field_violations: [{ field: error.field, value: '', description: error.message }] },
  })
}

/** The answer of one call. A good one is HTTP 200 with code 0; the token's has no `data` around it. */
function answer(route: FeishuRoute, world: World, request: FastifyRequest): Fields {
  world.agenda.runDue()
  releaseNoShows(world)
  if (route !== tokenRoute) checkAttempt({ route, world, authorization: request.headers.authorization })
  const given = route.method === 'GET' ? {} : parseBody(request)
  const query = isFields(request.query) ? request.query : {}
  const params = isFields(request.params) ? request.params : {}
  const data = route.handle({ world, query, params, body: given })
  if (route.isMetered) world.quota.spend('feishu')
  if (route === tokenRoute) return { code: 0, msg: route.msg, ...data }
  const told = data !== null && world.tenant.quirks.dropsEmptyFields ? dropEmptyFields(data) : data
  return { code: 0, msg: route.msg, ...(told === null ? {} : { data: told }) }
}

/** Support asks for it; every answer has one. */
const createLogId = (): string => randomUUID().replaceAll('-', '').toUpperCase()

function refuse(reply: FastifyReply, logId: string, error: FeishuError): FastifyReply {
  const { code, message, status, detail, headers } = error
  return reply
    .code(status)
    .headers(headers)
    .send(errorBody(code, message, logId, detail))
}

function serve(
  found: readonly FeishuRoute[],
  world: World,
  request: FastifyRequest,
  reply: FastifyReply,
): unknown {
  const logId = createLogId()
  reply.header('x-tt-logid', logId)
  const route = found.find((one) => one.method === request.method)
  if (route === undefined)
    return refuse(reply, logId, new FeishuError(feishuCodes.badMethod, 'request method doesn’t match'))
  try {
    return answer(route, world, request)
  } catch (error: unknown) {
    return refuse(reply, logId, refusalOf(error, route))
  }
}

function addRoutes(server: FastifyInstance, world: World): void {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    done(null, body)
  })
  const method = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
  for (const url of new Set(routes.map((route) => route.path))) {
    const found = routes.filter((route) => route.path === url)
    server.route({ method, url, handler: (request, reply) => serve(found, world, request, reply) })
  }
  server.route({
    method,
    url: `${base}*`,
    handler: (_request, reply) =>
      refuse(reply, createLogId(), new FeishuError(feishuCodes.badPath, 'resource not find')),
  })
}

/** Feishu and Lark: every call of `/open-apis/` a panel makes or may make. */
export const feishuPlatform: Platform = {
  name: 'feishu',
  isOwnPath: (path) => path.startsWith(base),
  errorAnswer: (_path, errcode, errmsg) => {
    const code = Number(errcode)
    return { status: statusOf(code), body: errorBody(code, errmsg, createLogId()) }
  },
  addRoutes,
}
