import type { FieldIssue } from '../../shared/api/refusal.ts'
import type { Settings } from '../../shared/settings/schema.ts'
import { exitCodes } from '../Core.ts'
import type { DeviceNames } from '../machine/DeviceIdentity.ts'
import type { SecretName } from '../ports/SecretStore.ts'
import { parseSettings } from '../settings/parseSettings.ts'
import { readJson } from '../settings/readJson.ts'
import { secretsOf } from '../settings/secretNames.ts'
import { remedyFor } from '../settings/settingsRemedies.ts'
import type { ProvisioningFile } from './parseProvisioning.ts'
import { isProvisioning, parseProvisioning, settingsFor } from './parseProvisioning.ts'
import { provisioningRemedyFor } from './provisioningRemedies.ts'

/** What is known of a secret that a settings file needs and does not hold. */
export type SecretPresence =
  | { readonly kind: 'there' }
  /** `text` says where it belongs; `isBroken` when the host would not start without it. */
  | { readonly kind: 'absent'; readonly text: string; readonly isBroken: boolean }

/** What {@link checkConfig} looks at. */
export interface ConfigToCheck {
  /** As the operator named it. */
  readonly file: string
  readonly text: string
  readonly device: DeviceNames
  readonly findSecret: (name: SecretName) => Promise<SecretPresence>
}

/** What was found, for whoever typed the command. No line holds a value of the file. */
export interface ConfigReport {
  readonly lines: readonly string[]
  readonly exitCode: typeof exitCodes.stayDown | typeof exitCodes.configurationBroken
}

const fine = (lines: readonly string[]): ConfigReport => ({ lines, exitCode: exitCodes.stayDown })
const broken = (lines: readonly string[]): ConfigReport => ({
  lines,
  exitCode: exitCodes.configurationBroken,
})

const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`

const summary = ({ account, rooms }: Settings): string =>
  `${account.platform}, ${count(rooms.length, 'room', 'rooms')}`

function issueLines(
  file: string,
  issues: readonly FieldIssue[],
  remedy: (path: string) => string,
): readonly string[] {
  const lines = issues.map(({ path, message }) => {
    return `${file}: ${path === '' ? 'the whole file' : path}: ${message}. Remedy: ${remedy(path)}.`
  })
  return [...lines, `${file}: ${count(issues.length, 'field does not fit', 'fields do not fit')}.`]
}

function deviceLine(content: ProvisioningFile, device: DeviceNames): string {
  const found = settingsFor(content, device)
  const self = `this machine (host name ${device.hostName})`
  if (found.kind === 'none') {
    return `Note: no line of the table is about ${self}; on a tablet such a file changes nothing. Remedy there: add its host name or serial number.`
  }
  if (found.kind === 'several') {
    const lines = found.indices.map((index) => `devices.${index}`).join(' and ')
    return `Note: ${lines} are both about ${self}; here the file changes nothing. Remedy: leave one of them.`
  }
  return `On ${self} it sets up the room ${found.settings.rooms[0]?.id ?? ''}.`
}

function checkProvisioning({ file, device }: ConfigToCheck, json: unknown): ConfigReport {
  const parsed = parseProvisioning(json)
  const head = `${file}: this is a provisioning file`
  if (!parsed.ok) return broken([`${head}.`, ...issueLines(file, parsed.issues, provisioningRemedyFor)])
  const { devices, settings, missingSecrets } = parsed.file
  const table = devices === null ? '' : `, ${count(devices.length, 'line', 'lines')} in the table of devices`
  return fine([
    `${head}: ${summary(settings)}${table}.`,
    ...missingSecrets.map(
      (name) =>
        `${file}: the secret ${name} is missing; a tablet that does not have it yet cannot read. Remedy: write "${name}": "..." into secrets.`,
    ),
    ...(devices === null ? [] : [deviceLine(parsed.file, device)]),
    `${file}: fine.`,
  ])
}

async function checkSettings({ file, findSecret }: ConfigToCheck, json: unknown): Promise<ConfigReport> {
  const parsed = parseSettings(json)
  const head = `${file}: this is a settings file`
  if (!parsed.ok) return broken([`${head}.`, ...issueLines(file, parsed.issues, remedyFor)])
  const lines = [`${head}: ${summary(parsed.settings)}.`]
  let isBroken = false
  for (const name of secretsOf(parsed.settings.account)) {
    const presence = await findSecret(name)
    if (presence.kind === 'there') continue
    lines.push(presence.text)
    isBroken ||= presence.isBroken
  }
  return isBroken ? broken(lines) : fine([...lines, `${file}: fine.`])
}

/** Says of a settings or provisioning file which it is, and of every field that does not fit where and what to do. */
export function checkConfig(asked: ConfigToCheck): ConfigReport | Promise<ConfigReport> {
  const { file, text } = asked
  const json = readJson(text)
  if (!json.ok) {
    const { line, column, problem } = json.fault
    return broken([`${file}:${line}:${column}: not valid JSON: ${problem}. Remedy: correct it there.`])
  }
  return isProvisioning(json.value) ? checkProvisioning(asked, json.value) : checkSettings(asked, json.value)
}

const readRemedies: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file. Remedy: correct the path',
  EACCES: 'this user may not read it. Remedy: give it the right to, or ask as another user',
  EISDIR: 'this is a directory. Remedy: name the file in it',
}

/** @param code the system's code of the failure */
export function unreadableConfig(file: string, code: string): ConfigReport {
  return broken([`${file}: ${readRemedies[code] ?? `cannot be read (${code})`}.`])
}
