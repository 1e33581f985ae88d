import { readJson } from '../../core/settings/readJson.ts'
import { brokenConfiguration } from '../HostFailure.ts'

/**
 * @param file its path, for the message
 * @throws HostFailure with line and column; no content is quoted
 */
export function parseJsonFile(file: string, content: string): unknown {
  const read = readJson(content)
  if (read.ok) return read.value
  const { line, column, problem } = read.fault
  throw brokenConfiguration([
    `${file}:${line}:${column}: not valid JSON: ${problem}. Correct it and start again.`,
  ])
}
