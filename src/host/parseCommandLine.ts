import { isIPv4 } from 'node:net'
import { parseArgs } from 'node:util'
import { logLevels } from './adapters/consoleLogger.ts'
import type { LogLevel } from './adapters/consoleLogger.ts'
import type { OperatorCommand } from '../core/commands/OperatorCommand.ts'
import { readCommandValues } from '../core/commands/readCommandValues.ts'
import type { HostOptions } from './HostOptions.ts'

/** The part of the options that the command line decides. */
export type CommandLineOptions = Omit<HostOptions, 'environment' | 'version' | 'writeLog'>

/** What the operator asked for. */
export type CommandLine =
  | { readonly kind: 'run'; readonly options: CommandLineOptions }
  /** Something to look at instead of a start; the options say where settings, secrets and state lie. */
  | { readonly kind: 'command'; readonly command: OperatorCommand; readonly options: CommandLineOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'wrong'; readonly problem: string }

/** Places that depend on the machine and on where the program lies. */
export interface CommandLineDefaults {
  readonly stateDirectory: string
  readonly screenDirectory: string
}

/** Printed by `--help`. */
export const helpText = `Doorplate, the screen beside a meeting-room door, served to browsers.

Usage: doorplate-host [--config FILE] [options]

  --config FILE        the settings (docs/settings.md), written by you and never
                       changed; without it the host keeps its own settings
                       below --state, made in the settings screen
  --secrets FILE       the secrets, a JSON file of mode 0600; the environment
                       (DOORPLATE_SECRET_WECOM_CORPSECRET) comes first
  --state DIR          where the last plans and call counters are kept, and the
                       settings where no --config is given
  --host ADDRESS       address to listen on (default 127.0.0.1)
  --port N             port to listen on (default 8787; 0 takes a free one)
  --allow-host NAME    a name browsers may use for this host, without port; may
                       be repeated; needed when --host is not a loopback address
  --screen DIR         the built screen (default: the one beside this program)
  --gallery            let the screen frame itself, for the gallery of demo builds
  --log-level LEVEL    debug, info, warn or error (default info)
  --check-config FILE  say whether a settings or provisioning file fits, field
                       by field, and end; with --secrets also whether the
                       secrets are there
  --provisioning-code FILE
                       print a provisioning file as a code to scan or paste at
                       the first start of a panel (docs/kiosk.md), and end
  --device NAME        the code for one tablet of the file's table
  --qr FILE.svg        draw the code into a picture as well
  --doctor             look at machine, network and settings, and end: 0 when
                       nothing fails, 1 when something does
  --json               the doctor's findings for a program
  --language TAG       the doctor's language, zh-CN or en-US (default: that of
                       the settings)
  --version            print the version
  --help               print this text

Prints {"event":"ready","url":"..."} on standard output once it serves; the log
is on standard error, one JSON object per line.
Exit codes: 0 stopped, 1 cannot run, 2 wrong usage, 10 restart me,
11 settings or secrets broken: mend them before a restart.
`

const flags = {
  config: { type: 'string' },
  secrets: { type: 'string' },
  state: { type: 'string' },
  host: { type: 'string', default: '127.0.0.1' },
  port: { type: 'string', default: '8787' },
  'allow-host': { type: 'string', multiple: true },
  screen: { type: 'string' },
  gallery: { type: 'boolean', default: false },
  'log-level': { type: 'string', default: 'info' },
  'check-config': { type: 'string' },
  'provisioning-code': { type: 'string' },
  device: { type: 'string' },
  qr: { type: 'string' },
  doctor: { type: 'boolean' },
  json: { type: 'boolean' },
  language: { type: 'string' },
  version: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

type Flags = ReturnType<typeof parseFlags>

function parseFlags(args: readonly string[]) {
  return parseArgs({ args: [...args], options: flags, strict: true, allowPositionals: false }).values
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))

const isLogLevel = (level: string): level is LogLevel => logLevels.some((known) => known === level)

/** Names are compared as browsers send them: lower-case, IPv6 in brackets, no port. */
const isHostName = (name: string): boolean => /^(?:\[[0-9a-f:.]+\]|[a-z0-9._-]+)$/i.test(name)

const wrong = (problem: string): CommandLine => ({ kind: 'wrong', problem })

function readOptions(values: Flags, defaults: CommandLineDefaults): CommandLine {
  const { config, host, 'allow-host': allowedHosts = [], 'log-level': logLevel } = values
  const port = Number(values.port)
  if (config === '')
    return wrong('--config: expected a file; leave it out to keep settings in the state folder.')
  if (!/^\d{1,5}$/.test(values.port) || port > 65_535) {
    return wrong(`--port ${values.port}: expected a number from 0 to 65535.`)
  }
  if (!isLogLevel(logLevel)) return wrong(`--log-level ${logLevel}: expected ${logLevels.join(', ')}.`)
  const badName = allowedHosts.find((name) => !isHostName(name))
  if (badName !== undefined) {
    return wrong(`--allow-host ${badName}: expected a name or address as in an address bar, without port.`)
  }
  if (!isLoopback(host) && allowedHosts.length === 0) {
    return wrong(
      `--host ${host} is open to the network: say with --allow-host NAME under which name browsers reach it.`,
    )
  }
  return {
    kind: 'run',
    options: {
      settingsFile: config ?? null,
      secretsFile: values.secrets ?? null,
      stateDirectory: values.state ?? defaults.stateDirectory,
      screenDirectory: values.screen ?? defaults.screenDirectory,
      host,
      port,
      allowedHosts: allowedHosts.map((name) => name.toLowerCase()),
      isGalleryOn: values.gallery,
      logLevel,
    },
  }
}

/** @param args what follows the program's name */
export function parseCommandLine(args: readonly string[], defaults: CommandLineDefaults): CommandLine {
  let values: Flags
  try {
    values = parseFlags(args)
  } catch (error: unknown) {
    const message = error instanceof Error ? error.message : String(error)
    return wrong(`${message.split('. ', 1)[0] ?? message}.`)
  }
  if (values.help) return { kind: 'help' }
  if (values.version) return { kind: 'version' }
  const asked = readCommandValues(values, (file) => file)
  if (asked.kind === 'wrong') return wrong(`${asked.problem}.`)
  const read = readOptions(values, defaults)
  return read.kind === 'run' && asked.kind === 'command'
    ? { ...read, kind: 'command', command: asked.command }
    : read
}
