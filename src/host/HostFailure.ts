import { exitCodes } from '../core/Core.ts'

/** How the program ends when it did not come to run; the last one is the supervisor's word for "do not restart". */
export const failureCodes = {
  failed: 1,
  wrongUsage: 2,
  configurationBroken: exitCodes.configurationBroken,
} as const

/** A start that an operator must mend. Every line says what is wrong and what to do about it; none holds a secret. */
export class HostFailure extends Error {
  readonly exitCode: number
  readonly lines: readonly string[]

  constructor(exitCode: number, lines: readonly string[], options?: ErrorOptions) {
    super(lines.join('\n'), options)
    this.name = 'HostFailure'
    this.exitCode = exitCode
    this.lines = lines
  }
}

/** A failure of the settings or secrets: starting again without a change would end the same way. */
export function brokenConfiguration(lines: readonly string[], options?: ErrorOptions): HostFailure {
  return new HostFailure(failureCodes.configurationBroken, lines, options)
}
