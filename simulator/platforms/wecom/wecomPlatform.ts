import type { FastifyInstance, FastifyRequest } from 'fastify'

import { FieldError, type Fields, isFields } from '../../http/fields.ts'
import type { World } from '../../world/World.ts'
import type { Platform } from '../Platform.ts'
import { bookingRoutes } from './bookingRoutes.ts'
import { bookRoutes } from './bookRoutes.ts'
import { cancelRoute } from './cancelRoute.ts'
import { checkAttempt, checkMethod } from './gate.ts'
import { meetingRoute } from './meetingRoute.ts'
import { peopleRoutes } from './peopleRoutes.ts'
import { roomRoutes } from './roomRoutes.ts'
import { roomsHardwareRoutes } from './roomsHardwareRoutes.ts'
import { roomWriteRoutes } from './roomWriteRoutes.ts'
import { scheduleRoute } from './scheduleRoute.ts'
import { tokenRoute } from './tokenRoute.ts'
import { errorText, WecomError, wecomCodes } from './wecomError.ts'
import type { WecomRoute } from './WecomRoute.ts'

const routes: readonly WecomRoute[] = [
  ...roomRoutes,
  ...roomWriteRoutes,
  ...bookingRoutes,
  ...bookRoutes,
  cancelRoute,
  ...peopleRoutes,
  scheduleRoute,
  meetingRoute,
  ...roomsHardwareRoutes,
]

/** An empty body reads as `{}`. That other JSON than an object is 40035 too is UNVERIFIED. */
function parseBody(body: unknown): Fields {
  if (typeof body !== 'string' || body.trim() === '') return {}
  const refusal = new WecomError(wecomCodes.invalidJson, 'invalid parameter, Warning: wrong json format. ')
  try {
    const parsed: unknown = JSON.parse(body)
    if (isFields(parsed)) return parsed
  } catch {
    throw refusal
  }
  throw refusal
}

function refusalOf(error: unknown): WecomError {
  if (error instanceof WecomError) return error
  if (error instanceof FieldError)
    return new WecomError(wecomCodes.badParameter, `invalid parameter: ${error.message}`)
  throw error
}

/** The answer of one call: always HTTP 200, success and failure told apart by `errcode` (D:90313). */
function answer(route: WecomRoute, world: World, request: FastifyRequest): Fields {
  const query = isFields(request.query) ? request.query : {}
  try {
    if (route === tokenRoute) checkMethod(route, request.method)
    else checkAttempt({ route, world, method: request.method, query, call: request.raw })
    const body = route.method === 'POST' ? parseBody(request.body) : {}
    return { errcode: 0, errmsg: 'ok', ...route.handle({ world, query, body }) }
  } catch (error: unknown) {
    const { errcode, message, rest } = refusalOf(error)
    const errmsg = errorText(errcode, message, world.tenant.callerIp, world.clock.now())
    return { errcode, errmsg, ...rest }
  }
}

function addRoutes(server: FastifyInstance, world: World): void {
  // The platform reads the body as JSON whatever its declared type is.
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    done(null, body)
  })
  for (const route of [tokenRoute, ...routes])
    server.route({
      method: ['GET', 'POST'],
      url: route.path,
      handler: (request) => answer(route, world, request),
    })
}

/** WeCom (企业微信): every call of `/cgi-bin/` a panel makes or may make. */
export const wecomPlatform: Platform = {
  name: 'wecom',
  isOwnPath: (path) => path.startsWith('/cgi-bin/'),
  errorAnswer: (_path, errcode, errmsg) => ({ status: 200, body: { errcode, errmsg } }),
  addRoutes,
}
