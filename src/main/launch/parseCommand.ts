import { resolve } from 'node:path'
import { readCommandValues } from '../../core/commands/readCommandValues.ts'
import type { CommandValues, ReadCommand } from '../../core/commands/readCommandValues.ts'

const flags = ['check-config', 'provisioning-code', 'device', 'qr', 'language'] as const
const switches = ['doctor', 'json'] as const

/** Both forms are taken, `--flag=value` and `--flag value`: Chromium's own switches stand in the same list. */
function valuesOf(args: readonly string[]): CommandValues {
  const values: Record<string, string | true> = {}
  args.forEach((arg, index) => {
    const [, name = '', value] = /^--([a-z-]+)(?:=(.*))?$/s.exec(arg) ?? []
    const next = args[index + 1]
    if (switches.some((one) => one === name)) values[name] = value ?? true
    else if (flags.some((one) => one === name)) {
      values[name] = value ?? (next?.startsWith('--') === false ? next : '')
    }
  })
  return values
}

/**
 * What stands on the command line instead of a panel to start.
 * @param args the process's arguments, the executable's own first
 * @param cwd folder that relative paths start from
 */
export function parseCommand(args: readonly string[], cwd: string): ReadCommand {
  return readCommandValues(valuesOf(args), (file) => resolve(cwd, file))
}
