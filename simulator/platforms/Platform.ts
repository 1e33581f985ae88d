import type { FastifyInstance } from 'fastify'

import type { Fields } from '../http/fields.ts'
import type { World } from '../world/World.ts'

/** An error as a vendor answers it. */
export interface ErrorAnswer {
  readonly status: number
  readonly body: Fields
}

/** One vendor's HTTP API over the world. */
export interface Platform {
  readonly name: string
  isOwnPath(path: string): boolean
  /** The vendor's envelope for an error of one of its calls. */
  errorAnswer(path: string, errcode: number | string, errmsg: string): ErrorAnswer
  addRoutes(server: FastifyInstance, world: World): void
}
