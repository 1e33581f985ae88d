import { z } from 'zod'
import type { FieldIssue } from '../../shared/api/refusal.ts'
import type { Settings } from '../../shared/settings/schema.ts'
import type { DeviceNames } from '../machine/DeviceIdentity.ts'
import type { SecretName } from '../ports/SecretStore.ts'
import { fieldIssues, parseSettings } from '../settings/parseSettings.ts'
import { secretsOf } from '../settings/secretNames.ts'
import type { EntryChoice } from './chooseEntry.ts'
import { chooseEntry } from './chooseEntry.ts'
import type { DeviceEntry, WrittenSettings } from './deviceTable.ts'
import { deviceSchema, settingsOfEntry, tableIssues } from './deviceTable.ts'

const fileSchema = z.strictObject({
  // Judged by its own schema; that it is missing is told there too.
  settings: z.unknown().optional(),
  secrets: z.record(z.string(), z.string().min(1, 'is empty')).optional(),
  devices: z.array(deviceSchema).min(1, 'at least one device').max(2000).optional(),
})

/** A secret of a provisioning file. */
export interface GivenSecret {
  readonly name: SecretName
  readonly value: string
}

/** A provisioning file that makes sense as a whole, on every tablet it names. */
export interface ProvisioningFile extends WrittenSettings {
  readonly secrets: readonly GivenSecret[]
  /** Secrets the account cannot work without and the file does not hold. */
  readonly missingSecrets: readonly SecretName[]
  /** Null: the settings are the same on every tablet. */
  readonly devices: readonly DeviceEntry[] | null
}

/** What a text says, or every field that stands in the way; no issue holds a value. */
export type ParsedProvisioning =
  | { readonly ok: true; readonly file: ProvisioningFile }
  | { readonly ok: false; readonly issues: readonly FieldIssue[] }

/** Whether a value is meant as a provisioning file rather than as settings. */
export function isProvisioning(json: unknown): boolean {
  return (
    typeof json === 'object' &&
    json !== null &&
    ['settings', 'secrets', 'devices'].some((name) => Object.hasOwn(json, name))
  )
}

function secretIssues(account: Settings['account'], given: Readonly<Record<string, string>>): FieldIssue[] {
  const wanted: readonly string[] = secretsOf(account)
  return Object.keys(given)
    .filter((name) => !wanted.includes(name))
    .map((name) => ({ path: `secrets.${name}`, message: `is no secret of ${account.platform}` }))
}

function pickSecrets(account: Settings['account'], given: Readonly<Record<string, string>>) {
  const wanted = secretsOf(account)
  return {
    secrets: wanted.flatMap((name) => {
      const value = given[name]
      return value === undefined ? [] : [{ name, value }]
    }),
    missingSecrets: wanted.filter((name) => given[name] === undefined),
  }
}

/** @param json what the text says as JSON */
export function parseProvisioning(json: unknown): ParsedProvisioning {
  const parsed = fileSchema.safeParse(json)
  const outer = parsed.success ? [] : fieldIssues(parsed.error)
  // What else is wrong is told in the same breath: an operator mends a file once.
  const written = parsed.data?.settings ?? z.object({ settings: z.unknown() }).safeParse(json).data?.settings
  const settings = parseSettings(written)
  const inner = settings.ok
    ? []
    : settings.issues.map(({ path, message }) => ({
        path: path === '' ? 'settings' : `settings.${path}`,
        message,
      }))
  if (!parsed.success || !settings.ok) return { ok: false, issues: [...outer, ...inner] }
  const { secrets = {}, devices = null } = parsed.data
  const common = { written, settings: settings.settings }
  const issues = [
    ...secretIssues(settings.settings.account, secrets),
    ...(devices === null ? [] : tableIssues(common, devices)),
  ]
  if (issues.length > 0) return { ok: false, issues }
  return { ok: true, file: { ...common, devices, ...pickSecrets(settings.settings.account, secrets) } }
}

/** What a file means on one device. */
export type DeviceSettings =
  | { readonly kind: 'settings'; readonly written: unknown; readonly settings: Settings }
  | Exclude<EntryChoice, { readonly kind: 'one' }>

/** The settings a file has for a device; without a table they are the same on all. */
export function settingsFor(file: ProvisioningFile, device: DeviceNames): DeviceSettings {
  const { devices, written, settings } = file
  if (devices === null) return { kind: 'settings', written, settings }
  const choice = chooseEntry(devices, device)
  const entry = choice.kind === 'one' ? devices[choice.index] : undefined
  if (choice.kind !== 'one' || entry === undefined) return choice.kind === 'one' ? { kind: 'none' } : choice
  const own = settingsOfEntry(file, entry, devices.length)
  const parsed = parseSettings(own)
  // Every line was parsed with the file.
  return parsed.ok ? { kind: 'settings', written: own, settings: parsed.settings } : { kind: 'none' }
}
