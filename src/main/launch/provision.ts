import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Logger } from '../../core/ports/Logger.ts'
import type { SecretName, SecretStore } from '../../core/ports/SecretStore.ts'
import type { SettingsStore } from '../../core/ports/SettingsStore.ts'
import type { StateStore } from '../../core/ports/StateStore.ts'
import { parseSettings } from '../../core/settings/parseSettings.ts'
import { secretsOf } from '../../core/settings/secretNames.ts'
import { errorCode } from '../../core/storage/StorageFs.ts'
import type { StorageFs } from '../../core/storage/StorageFs.ts'

/** What {@link provision} needs. */
export interface ProvisionDeps {
  /** Absolute path of the file. */
  readonly file: string
  readonly fs: StorageFs
  readonly settings: SettingsStore
  readonly secrets: SecretStore
  readonly state: StateStore
  readonly log: Logger
}

/** How taking over a file ended. */
export type ProvisionOutcome = 'applied' | 'unchanged' | 'absent' | 'refused'

const fileSchema = z.strictObject({
  settings: z.unknown(),
  secrets: z.record(z.string(), z.string().min(1)).optional(),
})
const appliedSchema = z.strictObject({ digests: z.array(z.string()) })

/** Where it is remembered which files were taken over: an admin's later changes must outlive the next start. */
const STATE_KEY = 'provisioning'

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The file's content when it makes sense as a whole; otherwise the fields that do not, without their values. */
function parse(text: string) {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { ok: false, fields: 'not JSON' } as const
  }
  const file = fileSchema.safeParse(json)
  if (!file.success) {
    return { ok: false, fields: file.error.issues.map(({ path }) => path.join('.')).join(' ') } as const
  }
  const settings = parseSettings(file.data.settings)
  if (!settings.ok) return { ok: false, fields: settings.issues.map(({ path }) => path).join(' ') } as const
  const wanted = secretsOf(settings.settings.account)
  const given = Object.entries(file.data.secrets ?? {})
  const unknown = given.filter(([name]) => !wanted.some((one) => one === name))
  if (unknown.length > 0) return { ok: false, fields: unknown.map(([name]) => name).join(' ') } as const
  const secrets = wanted.flatMap((name) => {
    const value = file.data.secrets?.[name]
    return value === undefined ? [] : [{ name, value }]
  })
  return { ok: true, settings: file.data.settings, secrets } as const
}

/** Written over the old text in the same place: a renamed copy would leave the secrets on the stick. */
async function withoutSecrets({ file, fs, log }: ProvisionDeps, text: string): Promise<void> {
  try {
    const handle = await fs.open(file, 'w')
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch (error) {
    log.error('the provisioning file still holds secrets: delete it', { code: errorCode(error) })
  }
}

async function sealAll(
  secrets: SecretStore,
  found: readonly { readonly name: SecretName; readonly value: string }[],
): Promise<void> {
  for (const { name, value } of found) await secrets.write(name, value)
}

async function apply(deps: ProvisionDeps, text: string, known: readonly string[]): Promise<ProvisionOutcome> {
  const { settings, secrets, state, log } = deps
  const parsed = parse(text)
  if (!parsed.ok) {
    log.error('the provisioning file is refused', { fields: parsed.fields })
    return 'refused'
  }
  // Secrets first: settings without them would show a panel that cannot read.
  await sealAll(secrets, parsed.secrets)
  await settings.save(parsed.settings)
  const rest = `${JSON.stringify({ settings: parsed.settings }, null, 2)}\n`
  await state.write(STATE_KEY, { digests: [digestOf(rest), digestOf(text), ...known].slice(0, 8) })
  if (parsed.secrets.length > 0) await withoutSecrets(deps, rest)
  log.info('provisioned', { secrets: parsed.secrets.length })
  return 'applied'
}

/**
 * Takes settings and secrets over from a file, once per content: secrets are sealed and removed from the file. A file that
 * does not make sense as a whole changes nothing. Never rejects.
 */
export async function provision(deps: ProvisionDeps): Promise<ProvisionOutcome> {
  const { file, fs, state, log } = deps
  let text: string
  try {
    text = await fs.readFile(file)
  } catch (error) {
    log.info('no provisioning file', { code: errorCode(error) })
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
