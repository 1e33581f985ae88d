import type { StartOutcome } from '../core/Core.ts'
import type { SecretName, SecretStore } from '../core/ports/SecretStore.ts'
import { environmentNameOf } from './adapters/fileSecrets.ts'
import type { HostFailure } from './HostFailure.ts'
import { brokenConfiguration } from './HostFailure.ts'
import { remedyFor } from '../core/settings/settingsRemedies.ts'

/** What {@link explainOutcome} needs to name files and remedies. */
export interface ExplanationDeps {
  /** Null where the host keeps its own settings. */
  readonly settingsFile: string | null
  readonly secretsFile: string | null
  readonly secrets: SecretStore
}

const isSecretName = (name: string): name is SecretName => name.includes('.')

async function secretLine({ secretsFile, secrets }: ExplanationDeps, name: string): Promise<string> {
  if (!isSecretName(name)) return `the secret ${name} is missing.`
  const reading = await secrets.read(name)
  if (reading.kind === 'unavailable') return reading.reason
  const variable = environmentNameOf(name)
  const where =
    secretsFile === null
      ? `Set ${variable}, or name a file with --secrets FILE (mode 0600) that holds {"${name}": "..."}.`
      : `Put "${name}": "..." into ${secretsFile}, or set ${variable}.`
  return `the secret ${name} is missing. ${where}`
}

/**
 * Turns a start that is not running into what the operator must do.
 * @returns null when the core runs
 */
export async function explainOutcome(
  outcome: StartOutcome,
  deps: ExplanationDeps,
): Promise<HostFailure | null> {
  const { settingsFile } = deps
  if (outcome.kind === 'settingsUnreadable') {
    return brokenConfiguration([
      'neither settings.json nor settings.previous.json in the state directory can be read; nothing was changed.',
      'Restore one of them from a backup, or move both away and set the panel up anew.',
    ])
  }
  // What the settings screen can mend is no reason to stay down: it is served, and says so.
  if (settingsFile === null) return null
  switch (outcome.kind) {
    case 'running':
      return null
    case 'unconfigured':
      return brokenConfiguration([
        `${settingsFile}: holds no settings. Write some after the example in docs/settings.md.`,
      ])
    case 'invalidSettings':
      return brokenConfiguration(
        outcome.issues.map(({ path, message }) => {
          const field = path === '' ? 'the whole file' : path
          return `${settingsFile}: ${field}: ${message}. Remedy: ${remedyFor(path)}.`
        }),
      )
    case 'secretMissing':
      return brokenConfiguration([await secretLine(deps, outcome.secret)])
  }
}
