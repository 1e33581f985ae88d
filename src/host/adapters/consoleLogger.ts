import type { Redaction } from '../../core/logging/redaction.ts'
import type { Clock } from '../../core/ports/Clock.ts'
import type { LogFields, Logger } from '../../core/ports/Logger.ts'

/** From the most talkative to the quietest. */
export const logLevels = ['debug', 'info', 'warn', 'error'] as const

/** See {@link logLevels}. */
export type LogLevel = (typeof logLevels)[number]

/** What {@link createConsoleLogger} needs. */
export interface ConsoleLoggerDeps {
  readonly clock: Pick<Clock, 'now'>
  readonly redaction: Redaction
  /** Lines below it are not written. */
  readonly level: LogLevel
  /** Receives one whole line with its line feed. Standard error in production: standard output carries the ready line. */
  readonly write: (line: string) => void
}

/** One JSON object per line: `time` (ISO), `level`, `scope`, `message`, and `fields` where there are any. */
export function createConsoleLogger({ clock, redaction, level, write }: ConsoleLoggerDeps): Logger {
  const lowest = logLevels.indexOf(level)

  function build(scope: string): Logger {
    const at =
      (lineLevel: LogLevel) =>
      (message: string, fields?: LogFields): void => {
        if (logLevels.indexOf(lineLevel) < lowest) return
        const line = {
          time: new Date(clock.now()).toISOString(),
          level: lineLevel,
          scope,
          message: redaction.text(message),
          ...(fields && { fields: redaction.fields(fields) }),
        }
        write(`${JSON.stringify(line)}\n`)
      }
    return {
      debug: at('debug'),
      info: at('info'),
      warn: at('warn'),
      error: at('error'),
      child: (name) => build(scope === '' ? name : `${scope}:${name}`),
    }
  }
  return build('')
}
