import { spawn } from 'node:child_process'

export interface RunOptions {
  readonly cwd?: string
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>
}

/** Runs a program to its end, with nothing to read. */
export function runToEnd(
  command: string,
  args: readonly string[],
  { cwd, env = {} }: RunOptions = {},
): Promise<{ readonly code: number | null; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...(cwd === undefined ? {} : { cwd }),
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text))
    }
    child.on('error', reject)
    // Not `close`: what the program left running may hold its output open.
    child.on('exit', (code) => resolve({ code, output }))
  })
}

/** The same for a program that must succeed. */
export async function run(command: string, args: readonly string[], options?: RunOptions): Promise<string> {
  const { code, output } = await runToEnd(command, args, options)
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}\n${output}`)
  return output
}
