import { createFileCommandDeps } from '../core/commands/createFileCommandDeps.ts'
import type { CommandAnswer, OperatorCommand } from '../core/commands/OperatorCommand.ts'
import { runFileCommand } from '../core/commands/runFileCommand.ts'
import { createNodeDeviceIdentity } from '../core/machine/createDeviceIdentity.ts'
import type { ConfigToCheck } from '../core/provisioning/checkConfig.ts'
import { createFileSecrets, environmentNameOf } from './adapters/fileSecrets.ts'
import type { CommandSurroundings } from './HostOptions.ts'
import { runHostDoctor } from './runHostDoctor.ts'

/**
 * Secrets as the host would find them. Where the command names no file the operator may keep them in the environment of the
 * service, which is not here: then it is only said what is needed.
 */
function findGivenSecret({ secretsFile, environment }: CommandSurroundings): ConfigToCheck['findSecret'] {
  const secrets = createFileSecrets({ file: secretsFile, environment, onRead: () => undefined })
  return async (name) => {
    const reading = await secrets.read(name)
    if (reading.kind === 'found') return { kind: 'there' }
    if (reading.kind === 'unavailable') return { kind: 'absent', text: reading.reason, isBroken: true }
    const variable = environmentNameOf(name)
    return secretsFile === null
      ? {
          kind: 'absent',
          text: `Note: the secret ${name} was not looked for in a file. It may stand in ${variable}, or in the file of --secrets.`,
          isBroken: false,
        }
      : {
          kind: 'absent',
          text: `${secretsFile}: the secret ${name} is missing. Remedy: put "${name}": "..." into it, or set ${variable}.`,
          isBroken: true,
        }
  }
}

/** Answers a command instead of starting the host: no port is opened, and nothing below the state directory is changed. */
export async function runHostCommand(
  command: OperatorCommand,
  surroundings: CommandSurroundings,
): Promise<CommandAnswer> {
  if (command.kind === 'doctor') return runHostDoctor(command, surroundings)
  const device = createNodeDeviceIdentity(surroundings.environment['DOORPLATE_SERIAL'])
  return runFileCommand(command, createFileCommandDeps(device, findGivenSecret(surroundings)))
}
