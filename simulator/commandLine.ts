import { parseArgs } from 'node:util'

import { type SeedName, seedNames } from './world/World.ts'

export const usage = `Usage: simulator [--port N] [--host ADDRESS] [--seed day|empty] [--help]

Answers as the meeting platforms' servers do. Only for tests and demonstrations.

  --port N        port to listen on, 0 for any free one (default 4780)
  --host ADDRESS  address to listen on (default 127.0.0.1)
  --seed NAME     what the calendar starts with: day, a working day around now (default), or empty
  --help          this text
`

export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string }
  | { readonly kind: 'run'; readonly port: number; readonly host: string; readonly seed: SeedName }

const options = {
  port: { type: 'string', default: '4780' },
  host: { type: 'string', default: '127.0.0.1' },
  seed: { type: 'string', default: 'day' },
  help: { type: 'boolean', default: false },
} as const

const wrong = (message: string): Command => ({ kind: 'wrong', message })

/** Reads the arguments after the program's name; what is wrong comes back as a sentence. */
export function readCommandLine(argv: readonly string[]): Command {
  try {
    const { values } = parseArgs({ args: [...argv], options, strict: true, allowPositionals: false })
    if (values.help) return { kind: 'help' }
    const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN
    if (!(port <= 65_535)) return wrong(`--port must be a number from 0 to 65535, not "${values.port}"`)
    const seed = seedNames.find((name) => name === values.seed)
    if (seed === undefined)
      return wrong(`--seed must be one of ${seedNames.join(', ')}, not "${values.seed}"`)
    if (values.host === '') return wrong('--host must not be empty')
    return { kind: 'run', port, host: values.host, seed }
  } catch (error: unknown) {
    return wrong(error instanceof Error ? error.message : String(error))
  }
}
