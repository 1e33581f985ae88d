import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { test } from '../fixtures/test.ts'

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** Skips the specs of its group where a program they need beside the runtime is not installed. */
export function skipWithout(...programs: readonly string[]): void {
  const lacked = programs.filter((program) => !isOnPath(program))
  test.skip(lacked.length > 0, `not installed here: ${lacked.join(', ')}`)
}
