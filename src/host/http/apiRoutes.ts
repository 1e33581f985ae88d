import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Core } from '../../core/Core.ts'
import { REQUEST_HEADER, SESSION_HEADER } from '../../shared/api/bridge.ts'
import type { ApiError, ApiErrorCode } from '../../shared/api/errors.ts'
import { createAnswerMemory } from './createAnswerMemory.ts'

/** No request of the product comes near it. */
export const BODY_LIMIT_BYTES = 64 * 1024
/** No token of ours comes near it. */
const LONGEST_TOKEN = 256

const statusOf: Readonly<Record<ApiErrorCode, number>> = {
  badRequest: 400,
  forbidden: 403,
  wrongPin: 403,
  unknownRoute: 404,
  notFound: 404,
  unconfigured: 409,
  locked: 429,
  internal: 500,
  storage: 500,
  unsupported: 501,
  refused: 502,
  unavailable: 503,
}

/** Answers a refusal: always the envelope every transport uses, whatever the HTTP status says. */
export function sendError(reply: FastifyReply, error: ApiError, status = statusOf[error.code]): FastifyReply {
  return reply.code(status).type('application/json; charset=utf-8').send({ ok: false, error })
}

/** Two headers of the name arrive as a list, which is no token of ours. */
const isToken = (header: unknown): header is string =>
  typeof header === 'string' && header !== '' && header.length <= LONGEST_TOKEN

const isJson = (contentType: string | undefined): boolean =>
  /^application\/json\s*(?:;|$)/i.test(contentType ?? '')

/**
 * `POST /api/<route>` with a JSON body. A JSON content type is demanded even of an empty body: a page of another site
 * cannot send one without asking first, and nobody answers that question here. A request that names itself acts once.
 */
export function addApiRoutes(app: FastifyInstance, core: Pick<Core, 'dispatch' | 'callerOf'>): void {
  const answers = createAnswerMemory()
  app.post<{ Params: { route: string } }>(
    '/api/:route',
    {
      bodyLimit: BODY_LIMIT_BYTES,
      onRequest: async (request, reply) => {
        if (isJson(request.headers['content-type'])) return
        const issues = [{ path: '', message: 'the content type must be application/json' }]
        return sendError(reply, { code: 'badRequest', issues }, 415)
      },
    },
    async (request, reply) => {
      const header = request.headers[SESSION_HEADER]
      const session = isToken(header) ? header : null
      const { route } = request.params
      const name = request.headers[REQUEST_HEADER]
      const key = isToken(name) ? JSON.stringify([name, route, session]) : null
      const result = await answers.once(key, () => core.dispatch(route, request.body, core.callerOf(session)))
      if (!result.ok) return sendError(reply, result.error)
      return reply.code(200).type('application/json; charset=utf-8').send(result)
    },
  )
}
