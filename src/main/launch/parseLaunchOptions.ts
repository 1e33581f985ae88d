import { resolve } from 'node:path'
import { z } from 'zod'

const folder = z.string().min(1, 'needs a folder, e.g. --user-data=/var/lib/doorplate')
const file = z.string().min(1, 'needs a file, e.g. --provision=/media/stick/panel.json')

const optionsSchema = z.strictObject({
  windowed: z.literal(true, 'takes no value').optional(),
  'user-data': folder.optional(),
  provision: file.optional(),
  autostart: z.enum(['on', 'off'], 'is on or off').optional(),
  display: z
    .string()
    .regex(/^[1-9]$/, 'needs a number from 1 to 9, e.g. --display=2')
    .optional(),
})

const environmentSchema = z.object({
  DOORPLATE_SUPERVISED: z.enum(['0', '1'], 'is 1 or 0').optional(),
  // Written by the launcher, not by a person; without a proper one nobody asks how the start went.
  DOORPLATE_TREE: z
    .string()
    .regex(/^[0-9A-Za-z+~:-][0-9A-Za-z.+~:-]*$/)
    .optional()
    .catch(undefined),
  DOORPLATE_MEDIA: z.string().min(1, 'needs a folder').optional(),
  DOORPLATE_SERIAL: z.string().max(64, 'is longer than 64 characters').optional(),
})

/** How this run was asked for. */
export interface LaunchOptions {
  /** An ordinary window for development; no full screen, keys as usual. */
  readonly isWindowed: boolean
  /** Absolute path of the folder for settings, secrets, state and logs; null keeps the system's own place. */
  readonly userDataFolder: string | null
  /** Absolute path of a provisioning file to take over at this start. */
  readonly provisionFile: string | null
  /** The screen to fill, counted from 1 as the system lists them; null is the primary one. */
  readonly displayNumber: number | null
  /** Start at logon from now on, or no longer (Windows); null leaves it as it is. */
  readonly autostart: 'on' | 'off' | null
  /** Someone starts us again when we exit with 10: systemd, Shell Launcher, a logon task. */
  readonly isSupervised: boolean
  /** Name of the kept tree the package's launcher chose; null where none was chosen. */
  readonly tree: string | null
  /** What the operator calls this machine in a table of devices; null asks the machine alone. */
  readonly serial: string | null
  /** Where sticks are mounted, if not where systems usually do; null looks there. */
  readonly mediaFolder: string | null
}

/** What {@link parseLaunchOptions} ends in; `problem` is for whoever typed the command. */
export type ParsedLaunch =
  { readonly ok: true; readonly options: LaunchOptions } | { readonly ok: false; readonly problem: string }

const known = new Set(Object.keys(optionsSchema.shape))

/** Chromium and Electron have switches of their own in the same list, so unknown ones are not ours to refuse. */
function ourFlags(args: readonly string[]): Record<string, string | true> {
  const flags: Record<string, string | true> = {}
  for (const arg of args) {
    const [, name = '', value] = /^--([a-z-]+)(?:=(.*))?$/s.exec(arg) ?? []
    if (known.has(name)) flags[name] = value ?? true
  }
  return flags
}

function problemOf(error: z.ZodError, prefix: string): string {
  return error.issues.map(({ path, message }) => `${prefix}${path.join('.')} ${message}`).join('; ')
}

/**
 * @param args the process's arguments, the executable's own first
 * @param cwd folder that relative paths start from
 */
export function parseLaunchOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  cwd: string,
): ParsedLaunch {
  const flags = optionsSchema.safeParse(ourFlags(args))
  if (!flags.success) return { ok: false, problem: problemOf(flags.error, '--') }
  const variables = environmentSchema.safeParse(environment)
  if (!variables.success) return { ok: false, problem: problemOf(variables.error, '') }
  const { windowed, display, provision, autostart, 'user-data': userData } = flags.data
  const options: LaunchOptions = {
    isWindowed: windowed === true,
    userDataFolder: userData === undefined ? null : resolve(cwd, userData),
    provisionFile: provision === undefined ? null : resolve(cwd, provision),
    displayNumber: display === undefined ? null : Number(display),
    autostart: autostart ?? null,
    isSupervised: variables.data.DOORPLATE_SUPERVISED === '1',
    tree: variables.data.DOORPLATE_TREE ?? null,
    serial: variables.data.DOORPLATE_SERIAL ?? null,
    mediaFolder: variables.data.DOORPLATE_MEDIA ?? null,
  }
  return { ok: true, options }
}
