import type { FastifyInstance } from 'fastify'

import type { Fields } from '../http/fields.ts'
import type { World } from '../world/World.ts'

/** One vendor's HTTP API over the world. */
export interface Platform {
  readonly name: string
  isOwnPath(path: string): boolean
  /** The vendor's envelope for an error. */
  errorAnswer(errcode: number, errmsg: string): Fields
  addRoutes(server: FastifyInstance, world: World): void
}
