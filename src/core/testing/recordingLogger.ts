import type { LogFields, Logger } from '../ports/Logger.ts'

/** One line as it would have been written. */
export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly scope: string
  readonly message: string
  readonly fields: LogFields
}

/** A logger that keeps its lines for assertions. */
export interface RecordingLogger extends Logger {
  readonly lines: LogLine[]
  /** Every line as text, to grep for what must never be there. */
  text(): string
}

/** Lines of child loggers land in the same list. */
export function createRecordingLogger(): RecordingLogger {
  const lines: LogLine[] = []
  const build = (scope: string): RecordingLogger => {
    const write =
      (level: LogLine['level']) =>
      (message: string, fields: LogFields = {}): void => {
        lines.push({ level, scope, message, fields })
      }
    return {
      lines,
      debug: write('debug'),
      info: write('info'),
      warn: write('warn'),
      error: write('error'),
      child: (name) => build(scope === '' ? name : `${scope}:${name}`),
      text: () => lines.map((line) => JSON.stringify(line)).join('\n'),
    }
  }
  return build('')
}
