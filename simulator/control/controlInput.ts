import type { FastifyRequest } from 'fastify'

import { FieldError, type Fields, isFields } from '../http/fields.ts'

/** The JSON object sent along; nothing sent is an empty one. @throws FieldError for any other JSON */
export function bodyOf(request: FastifyRequest): Fields {
  const { body } = request
  if (body === undefined || body === null) return {}
  if (!isFields(body)) throw new FieldError('the body', 'a JSON object')
  return body
}

/** The last part of the address. */
export function idOf(request: FastifyRequest): string {
  const { params } = request
  const id = isFields(params) ? params['id'] : undefined
  return typeof id === 'string' ? id : ''
}
