import { exitCodes } from '../Core.ts'
import type { DeviceIdentity } from '../machine/DeviceIdentity.ts'
import { checkConfig, unreadableConfig } from '../provisioning/checkConfig.ts'
import type { ConfigReport, ConfigToCheck } from '../provisioning/checkConfig.ts'
import { makeCode } from '../provisioning/makeCode.ts'
import { errorCode } from '../storage/StorageFs.ts'
import type { CommandAnswer, FileCommand } from './OperatorCommand.ts'

/** What the commands about a file need of a host. */
export interface FileCommandDeps {
  readonly readText: (path: string) => Promise<string>
  /** Writes a file that only this user may read. */
  readonly writePrivate: (path: string, text: string) => Promise<void>
  readonly device: DeviceIdentity
  readonly findSecret: ConfigToCheck['findSecret']
}

const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('')
const told = ({ lines, exitCode }: ConfigReport): CommandAnswer => ({
  output: textOf(lines),
  notes: '',
  exitCode,
})

async function answerCode(
  command: Extract<FileCommand, { kind: 'provisioningCode' }>,
  text: string,
  { writePrivate }: FileCommandDeps,
): Promise<CommandAnswer> {
  const made = makeCode(command, text)
  if (made.kind === 'refused') return told(made.report)
  const { code, drawn, notes } = made
  const { pictureFile } = command
  if (pictureFile !== null && drawn !== null) {
    try {
      await writePrivate(pictureFile, drawn.svg)
    } catch (error: unknown) {
      const line = `${pictureFile}: cannot be written (${errorCode(error)}). Remedy: name a file this user may write.`
      return told({ lines: [line], exitCode: exitCodes.configurationBroken })
    }
  }
  const picture = drawn === null ? [] : [drawn.terminal]
  return { output: textOf([code]), notes: textOf([...picture, ...notes]), exitCode: exitCodes.stayDown }
}

/** Runs a command about a file: no window, no network, no lock, and nothing of a running panel is touched. */
export async function runFileCommand(command: FileCommand, deps: FileCommandDeps): Promise<CommandAnswer> {
  const { file } = command
  let text: string
  try {
    text = await deps.readText(file)
  } catch (error: unknown) {
    return told(unreadableConfig(file, errorCode(error)))
  }
  if (command.kind === 'provisioningCode') return answerCode(command, text, deps)
  const device = await deps.device.read()
  return told(await checkConfig({ file, text, device, findSecret: deps.findSecret }))
}
