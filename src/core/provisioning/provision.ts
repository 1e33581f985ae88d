import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { DeviceIdentity } from '../machine/DeviceIdentity.ts'
import type { Logger } from '../ports/Logger.ts'
import type { SecretStore } from '../ports/SecretStore.ts'
import type { SettingsStore } from '../ports/SettingsStore.ts'
import type { StateStore } from '../ports/StateStore.ts'
import { readJson } from '../settings/readJson.ts'
import { errorCode } from '../storage/StorageFs.ts'
import type { StorageFs } from '../storage/StorageFs.ts'
import { eraseSecrets, textWithoutSecrets } from './eraseSecrets.ts'
import type { GivenSecret } from './parseProvisioning.ts'
import { parseProvisioning, settingsFor } from './parseProvisioning.ts'

/** What {@link provision} needs. */
export interface ProvisionDeps {
  /** Absolute path of the file. */
  readonly file: string
  /** Whether somebody named it: a file that may or may not lie in its usual place is not missed. */
  readonly isNamed: boolean
  readonly fs: StorageFs
  readonly settings: SettingsStore
  readonly secrets: SecretStore
  readonly state: StateStore
  readonly device: DeviceIdentity
  readonly log: Logger
}

/** How taking over a file ended. */
export type ProvisionOutcome = 'applied' | 'unchanged' | 'absent' | 'refused'

const appliedSchema = z.strictObject({ digests: z.array(z.string()) })

/** Where it is remembered which files were taken over: an admin's later changes must outlive the next start. */
const STATE_KEY = 'provisioning'

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** What the file has for this device, or null when it is refused; the log then says why, without values. */
async function readFor({ device, log }: ProvisionDeps, text: string) {
  const json = readJson(text)
  const parsed = json.ok ? parseProvisioning(json.value) : null
  if (!parsed?.ok) {
    const fields = parsed?.issues.map(({ path }) => path).join(' ') ?? 'not JSON'
    log.error('the provisioning file is refused; --check-config FILE says why', { fields })
    return null
  }
  const { file } = parsed
  const names = await device.read()
  const found = settingsFor(file, names)
  if (found.kind === 'settings') return { file, written: found.written }
  const problem = found.kind === 'none' ? 'no line' : 'several lines'
  log.error(`the provisioning file has ${problem} for this device; nothing was changed`, {
    hostName: names.hostName,
    serials: names.serials.length,
  })
  return null
}

async function sealAll(secrets: SecretStore, found: readonly GivenSecret[]): Promise<void> {
  for (const { name, value } of found) await secrets.write(name, value)
}

async function apply(deps: ProvisionDeps, text: string, known: readonly string[]): Promise<ProvisionOutcome> {
  const { settings, secrets, state, log } = deps
  const read = await readFor(deps, text)
  if (read === null) return 'refused'
  const { file, written } = read
  // Secrets first: settings without them would show a panel that cannot read.
  await sealAll(secrets, file.secrets)
  await settings.save(written)
  const rest = textWithoutSecrets(file)
  await state.write(STATE_KEY, { digests: [digestOf(rest), digestOf(text), ...known].slice(0, 8) })
  if (file.secrets.length > 0) await eraseSecrets(deps, file)
  log.info('provisioned', { secrets: file.secrets.length })
  return 'applied'
}

/**
 * Takes settings and secrets over from a file, once per content: secrets are sealed and removed from the file. A file that
 * does not make sense as a whole changes nothing. Never rejects.
 */
export async function provision(deps: ProvisionDeps): Promise<ProvisionOutcome> {
  const { file, isNamed, fs, state, log } = deps
  let text: string
  try {
    text = await fs.readFile(file)
  } catch (error) {
    const code = errorCode(error)
    if (isNamed || code !== 'ENOENT') log.info('no provisioning file', { code })
    return 'absent'
  }
  const applied = appliedSchema.safeParse(await state.read(STATE_KEY))
  const known = applied.success ? applied.data.digests : []
  if (known.includes(digestOf(text))) return 'unchanged'
  try {
    return await apply(deps, text, known)
  } catch (error) {
    log.error('provisioning failed, the settings are as before', { code: errorCode(error) })
    return 'refused'
  }
}
