import { brokenConfiguration } from '../HostFailure.ts'
import { findJsonFault } from './findJsonFault.ts'

/** Some editors put this mark before UTF-8 text. */
const BYTE_ORDER_MARK = /^\uFEFF/

/**
 * @param file its path, for the message
 * @throws HostFailure with line and column; no content is quoted
 */
export function parseJsonFile(file: string, content: string): unknown {
  const text = content.replace(BYTE_ORDER_MARK, '')
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    const fault = findJsonFault(text) ?? { line: 1, column: 1, problem: 'is not JSON' }
    // No cause: the engine's message quotes what stands in the file.
    throw brokenConfiguration([
      `${file}:${fault.line}:${fault.column}: not valid JSON: ${fault.problem}. Correct it and start again.`,
    ])
  }
}
