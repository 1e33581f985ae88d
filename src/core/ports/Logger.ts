/** What a log line may carry besides its text: plain facts, never titles, names, tokens or secrets. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>

/** Structured log with a scope. One line per change of state; the adapter redacts once more. */
export interface Logger {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
  /** A logger whose lines carry `scope` under this one's, e.g. `provider:wecom`. */
  child(scope: string): Logger
}
