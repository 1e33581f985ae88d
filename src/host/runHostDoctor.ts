import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createSystemClock } from '../core/clock/systemClock.ts'
import type { CommandAnswer, OperatorCommand } from '../core/commands/OperatorCommand.ts'
import { createNetworkProbe } from '../core/doctor/createNetworkProbe.ts'
import { found } from '../core/doctor/Finding.ts'
import { probeDisk } from '../core/doctor/probeDisk.ts'
import { readAccount } from '../core/doctor/readAccount.ts'
import type { FileText } from '../core/doctor/readAccount.ts'
import { runDoctor } from '../core/doctor/runDoctor.ts'
import type { HostCheck } from '../core/doctor/runDoctor.ts'
import { tellFindings } from '../core/doctor/tellFindings.ts'
import { runCommand } from '../core/machine/RunCommand.ts'
import { secretsOf } from '../core/settings/secretNames.ts'
import { createKeptSecrets } from '../core/storage/createKeptSecrets.ts'
import { createNodeStorageFs, errorCode } from '../core/storage/StorageFs.ts'
import { createFileSecrets, environmentNameOf } from './adapters/fileSecrets.ts'
import type { CommandSurroundings } from './HostOptions.ts'

async function readText(file: string): Promise<FileText> {
  try {
    return { kind: 'text', text: await readFile(file, 'utf8') }
  } catch (error: unknown) {
    const code = errorCode(error)
    return code === 'ENOENT' ? { kind: 'absent' } : { kind: 'unreadable', code }
  }
}

/** Whether the host would find every secret, where it would look. */
function secretsCheck({ secretsFile, environment, stateDirectory }: CommandSurroundings): HostCheck {
  const onRead = (): void => undefined
  const given = createFileSecrets({ file: secretsFile, environment, onRead })
  const secrets = createKeptSecrets({ folder: stateDirectory, fs: createNodeStorageFs(), given, onRead })
  return async (settings) => {
    if (settings === null) return found('unknown', 'secretsNoAccount')
    for (const name of secretsOf(settings.account)) {
      const reading = await secrets.read(name)
      if (reading.kind === 'unavailable')
        return found('fail', 'secretUnavailable', { reason: reading.reason })
      const remedy = `--secrets FILE, ${environmentNameOf(name)}`
      if (reading.kind === 'missing') return found('fail', 'secretMissing', { name, remedy })
    }
    return found('ok', 'secretsFine')
  }
}

/** The proxy an environment names, without a password; null when Node uses it or there is none. */
export function ignoredProxyOf(environment: CommandSurroundings['environment']): string | null {
  if (environment['NODE_USE_ENV_PROXY'] === '1') return null
  const named = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].map((name) => environment[name])
  const [proxy] = named.filter((one) => one !== undefined && one !== '')
  if (proxy === undefined) return null
  return URL.canParse(proxy) ? new URL(proxy).host : '?'
}

/** The doctor of the Node host: screens, fonts and key stores belong to whoever opens its page, so they are not looked at. */
export async function runHostDoctor(
  command: Extract<OperatorCommand, { kind: 'doctor' }>,
  surroundings: CommandSurroundings,
): Promise<CommandAnswer> {
  const { settingsFile, stateDirectory, environment, version } = surroundings
  const clock = createSystemClock()
  const file = settingsFile ?? join(stateDirectory, 'settings.json')
  const account = readAccount(file, settingsFile ?? stateDirectory, await readText(file))
  const findings = await runDoctor({
    clock,
    platform: process.platform,
    run: runCommand,
    network: createNetworkProbe({
      clock,
      http: { fetch: (input, init) => fetch(input, init) },
      findProxy: () => Promise.resolve(null),
      isPanelsTrust: true,
      ignoredProxy: ignoredProxyOf(environment),
    }),
    readAccount: () => Promise.resolve(account),
    probeDisk: () => probeDisk(stateDirectory),
    hostChecks: { secrets: secretsCheck(surroundings) },
  })
  const language = command.language ?? account.settings?.display.language ?? 'zh-CN'
  return tellFindings(findings, { language, isJson: command.isJson, version })
}
