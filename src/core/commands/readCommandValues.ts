import { z } from 'zod'
import type { OperatorCommand } from './OperatorCommand.ts'

/** The values of the flags as they were typed; `true` where one has none. */
export type CommandValues = Readonly<Record<string, unknown>>

const file = (flag: string) =>
  z.string(`needs a file, e.g. --${flag} panel.json`).min(1, `needs a file, e.g. --${flag} panel.json`)

const schema = z.object({
  'check-config': file('check-config').optional(),
  'provisioning-code': file('provisioning-code').optional(),
  device: z.string().min(1, 'needs a host name or a serial number, e.g. --device door-17').optional(),
  qr: z
    .string()
    .regex(/\.svg$/i, 'needs the name of a picture to write, e.g. --qr door-17.svg')
    .optional(),
  doctor: z.literal(true, 'takes no value').optional(),
  json: z.literal(true, 'takes no value').optional(),
  language: z.enum(['zh-CN', 'en-US'], 'is zh-CN or en-US').optional(),
})

/** Which command was asked for, if one was. */
export type ReadCommand =
  | { readonly kind: 'none' }
  | { readonly kind: 'command'; readonly command: OperatorCommand }
  | { readonly kind: 'wrong'; readonly problem: string }

const wrong = (problem: string): ReadCommand => ({ kind: 'wrong', problem })

/**
 * Reads the commands every host has, from flags its own command line has split.
 * @param toPath makes a file that was named absolute
 */
export function readCommandValues(values: CommandValues, toPath: (file: string) => string): ReadCommand {
  const parsed = schema.safeParse(values)
  if (!parsed.success) {
    return wrong(parsed.error.issues.map(({ path, message }) => `--${path.join('.')} ${message}`).join('; '))
  }
  const {
    'check-config': config,
    'provisioning-code': source,
    doctor,
    device,
    qr,
    json,
    language,
  } = parsed.data
  const asked = [config, source, doctor].filter((one) => one !== undefined)
  if (asked.length > 1)
    return wrong('--check-config, --provisioning-code and --doctor are asked one at a time')
  if ((device !== undefined || qr !== undefined) && source === undefined) {
    return wrong('--device and --qr belong to --provisioning-code')
  }
  if ((json !== undefined || language !== undefined) && doctor === undefined) {
    return wrong('--json and --language belong to --doctor')
  }
  if (config !== undefined) return { kind: 'command', command: { kind: 'checkConfig', file: toPath(config) } }
  if (doctor !== undefined) {
    return {
      kind: 'command',
      command: { kind: 'doctor', isJson: json !== undefined, language: language ?? null },
    }
  }
  if (source === undefined) return { kind: 'none' }
  const pictureFile = qr === undefined ? null : toPath(qr)
  return {
    kind: 'command',
    command: { kind: 'provisioningCode', file: toPath(source), device: device ?? null, pictureFile },
  }
}
