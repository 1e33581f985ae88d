import type { FileCommand } from '../commands/OperatorCommand.ts'
import { exitCodes } from '../Core.ts'
import { readJson } from '../settings/readJson.ts'
import type { ConfigReport } from './checkConfig.ts'
import { drawCode } from './drawCode.ts'
import type { DrawnCode } from './drawCode.ts'
import { parseProvisioning, settingsFor } from './parseProvisioning.ts'
import type { ProvisioningFile } from './parseProvisioning.ts'
import { encodeProvisioning, MAX_CODE_LENGTH } from './provisioningCode.ts'

/** A file as a code, or why there is none. */
export type MadeCode =
  | {
      readonly kind: 'made'
      readonly code: string
      readonly drawn: DrawnCode | null
      readonly notes: readonly string[]
    }
  | { readonly kind: 'refused'; readonly report: ConfigReport }

const refused = (line: string): MadeCode => ({
  kind: 'refused',
  report: { lines: [line], exitCode: exitCodes.configurationBroken },
})

/** What goes into the code: the whole file, or what it has for one device. */
function contentFor(content: ProvisioningFile, device: string | null) {
  const { devices, written, secrets } = content
  const given =
    secrets.length === 0
      ? {}
      : { secrets: Object.fromEntries(secrets.map(({ name, value }) => [name, value])) }
  if (device === null) return { settings: written, ...given, ...(devices === null ? {} : { devices }) }
  const found = settingsFor(content, { hostName: device, serials: [device] })
  return found.kind === 'settings' ? { settings: found.written, ...given } : null
}

/**
 * Turns a provisioning file into a code for a scanner.
 * @param text a file that `checkConfig` passed
 */
export function makeCode(
  { file, device }: Extract<FileCommand, { kind: 'provisioningCode' }>,
  text: string,
): MadeCode {
  const json = readJson(text)
  const parsed = json.ok ? parseProvisioning(json.value) : null
  if (!parsed?.ok) {
    return refused(
      `${file}: is no provisioning file that fits. Remedy: --check-config ${file} says what is wrong.`,
    )
  }
  const content = contentFor(parsed.file, device)
  if (content === null) {
    return refused(
      `${file}: no single line of the table is about ${String(device)}. Remedy: write its host name or serial number as in the table.`,
    )
  }
  const code = encodeProvisioning(content)
  if (code.length > MAX_CODE_LENGTH) {
    return refused(
      `${file}: is too long for a code (${code.length} of ${MAX_CODE_LENGTH} characters). Remedy: ask for one tablet with --device=NAME, or carry the file on a stick.`,
    )
  }
  const drawn = drawCode(code)
  const notes = [
    ...(drawn === null
      ? [
          `The code is too long for a picture a scanner would read (${code.length} characters). Remedy: ask for one tablet with --device=NAME, paste the text, or carry the file on a stick.`,
        ]
      : []),
    ...(parsed.file.secrets.length > 0
      ? ['The code holds the secrets in plain text, as the file does: whoever sees it has them.']
      : []),
  ]
  return { kind: 'made', code, drawn, notes }
}
