import electronLog from 'electron-log/node'
import { appendFileSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../../core/ports/Clock.ts'
import type { LogFields, Logger } from '../../core/ports/Logger.ts'
import type { Redaction } from '../../core/logging/redaction.ts'

/** Size at which a log is set aside, and how many of them are kept: the log never takes more than six of these. */
const MAX_LOG_BYTES = 1_048_576
const KEPT_ARCHIVES = 5
/** The log belongs to the panel's user alone: room names are no secret, but nobody else's business either. */
const PRIVATE_FILE = 0o600

/** What {@link createElectronLogLogger} needs. */
export interface ElectronLogDeps {
  readonly folder: string
  readonly clock: Clock
  readonly redaction: Redaction
  /** Repeats every line on the console; otherwise warnings and errors alone go there. */
  readonly isVerbose: boolean
}

/** The log, and what is needed of it beside writing. */
export interface ElectronLog {
  readonly log: Logger
  /** Writes a last line at once, past the queue; for the moment before the process ends. */
  fatal(message: string, fields?: LogFields): void
  /** The newest lines, oldest first, for the admin's export. */
  readLog(): Promise<string>
  /** Resolves once queued lines had time to reach the disk. */
  flush(): Promise<void>
}

type Level = 'debug' | 'info' | 'warn' | 'error'

/** Of each of the two newest files at most this much is exported. */
const EXPORTED_CHARACTERS = 262_144

/** How long a queued line may take before the process ends without it. */
const FLUSH_MS = 100

/** Moves `main.log` to `main.1.log`, that one to `main.2.log`, and so on; the last one goes. */
function archive(folder: string): void {
  const numbered = (index: number): string => join(folder, index === 0 ? 'main.log' : `main.${index}.log`)
  rmSync(numbered(KEPT_ARCHIVES), { force: true })
  for (let index = KEPT_ARCHIVES - 1; index >= 0; index -= 1) {
    try {
      renameSync(numbered(index), numbered(index + 1))
    } catch {
      // That number does not exist yet, or the disk refuses: the next line says so on the console.
    }
  }
}

function openFileLog({ folder, isVerbose }: ElectronLogDeps) {
  // The plain Node entry: the other one listens to two IPC channels that nobody checks.
  const instance = electronLog.create({ logId: `doorplate:${folder}` })
  const { file, console } = instance.transports
  file.setAppName('doorplate')
  file.resolvePathFn = () => join(folder, 'main.log')
  file.sync = false
  file.maxSize = MAX_LOG_BYTES
  file.format = '{text}'
  file.level = 'debug'
  file.writeOptions = { flag: 'a', mode: PRIVATE_FILE, encoding: 'utf8' }
  file.archiveLogFn = () => archive(folder)
  console.format = '{text}'
  console.useStyles = false
  console.level = isVerbose ? 'debug' : 'warn'
  return instance
}

/** The rotating log on disk. Every line passes the redaction; a full disk costs lines, never the panel. */
export function createElectronLogLogger(deps: ElectronLogDeps): ElectronLog {
  const { folder, clock, redaction } = deps
  const instance = openFileLog(deps)

  function line(level: Level, scope: string, message: string, fields?: LogFields): string {
    const facts = fields === undefined ? '' : ` ${JSON.stringify(redaction.fields(fields))}`
    // One line per entry, whatever a foreign message contains.
    const text = redaction.text(message).replaceAll(/[\r\n]+/g, ' / ')
    return `${new Date(clock.now()).toISOString()} ${level} [${scope}] ${text}${facts}`
  }

  function scoped(scope: string): Logger {
    const at =
      (level: Level) =>
      (message: string, fields?: LogFields): void => {
        instance[level](line(level, scope, message, fields))
      }
    return {
      debug: at('debug'),
      info: at('info'),
      warn: at('warn'),
      error: at('error'),
      child: (name) => scoped(`${scope}:${name}`),
    }
  }

  function fatal(message: string, fields?: LogFields): void {
    const text = line('error', 'main', message, fields)
    process.stderr.write(`${text}\n`)
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      appendFileSync(join(folder, 'main.log'), `${text}\n`, { mode: PRIVATE_FILE })
    } catch {
      // The console has it; there is nobody else to tell.
    }
  }

  const flush = (): Promise<void> =>
    new Promise((resolve) => {
      clock.schedule(FLUSH_MS, resolve)
    })

  async function tailOf(name: string): Promise<string> {
    try {
      return (await readFile(join(folder, name), 'utf8')).slice(-EXPORTED_CHARACTERS)
    } catch {
      // A young panel has no archive yet.
      return ''
    }
  }

  const readLog = async (): Promise<string> => (await tailOf('main.1.log')) + (await tailOf('main.log'))

  return { log: scoped('main'), fatal, readLog, flush }
}
