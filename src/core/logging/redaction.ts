import type { LogFields } from '../ports/Logger.ts'

const REDACTED = '[redacted]'

/** Shorter values are words, not secrets; hiding them would make the log unreadable. */
const SHORTEST_SECRET = 6

const secretKey = /secret|token|ticket|passw|authorization|cookie|credential|api_?key/i

const secretNames = '(?:access_?token|(?:corp|app|client)?_?secret|ticket|passw(?:or)?d|api_?key|token)'
/** `name=value` of addresses and forms, encoded ones too. */
const assigned = new RegExp(`(${secretNames}(?:=|%3D))[^\\s"'&;]+`, 'gi')
/** `"name":"value"` of JSON, also where the JSON is quoted once more. */
const quoted = new RegExp(`(${secretNames}\\\\?"\\s*:\\s*\\\\?")[^"\\\\]+`, 'gi')
const bearer = /\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]+/gi
const hexRun = /\b[0-9a-f]{32,}\b/gi
const opaqueRun = /[A-Za-z0-9_-]{24,}/g

/** The name of a secret, e.g. `wecom.corpSecret`, is what an operator must read. */
const secretName = /^[a-z]+\.[A-Za-z]+$/

/** Random text mixes cases and digits; words, room ids and file names do not. */
const looksRandom = (run: string): boolean => /[a-z]/.test(run) && /[A-Z]/.test(run) && /\d/.test(run)

/** The second fence around secrets in logs; the first is not to log them. */
export interface Redaction {
  /** From now on this very value is hidden wherever it appears. */
  learn(secret: string): void
  text(text: string): string
  fields(fields: LogFields): LogFields
}

/** Every log adapter sends its lines through one of these. */
export function createRedaction(): Redaction {
  const known = new Set<string>()

  function learn(secret: string): void {
    if (secret.length >= SHORTEST_SECRET) known.add(secret).add(encodeURIComponent(secret))
  }

  function text(original: string): string {
    let safe = original
    for (const secret of known) safe = safe.replaceAll(secret, REDACTED)
    return safe
      .replace(assigned, `$1${REDACTED}`)
      .replace(quoted, `$1${REDACTED}`)
      .replace(bearer, `$1 ${REDACTED}`)
      .replace(hexRun, REDACTED)
      .replace(opaqueRun, (run) => (looksRandom(run) ? REDACTED : run))
  }

  function fields(original: LogFields): LogFields {
    const safe: Record<string, LogFields[string]> = {}
    for (const [key, value] of Object.entries(original)) {
      if (typeof value !== 'string') safe[key] = value
      else safe[key] = secretKey.test(key) && !secretName.test(value) ? REDACTED : text(value)
    }
    return safe
  }

  return { learn, text, fields }
}
