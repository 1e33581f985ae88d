import type { ApiError } from '../../shared/api/errors.ts'

/** A refusal a handler or service may throw; dispatch turns it into the envelope. */
export class ApiFailure extends Error {
  readonly error: ApiError

  constructor(error: ApiError) {
    super(error.code)
    this.name = 'ApiFailure'
    this.error = error
  }
}
