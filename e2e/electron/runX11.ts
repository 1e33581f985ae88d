import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { VirtualScreen } from './VirtualScreen.ts'

const run = promisify(execFile)

/**
 * Runs a program that speaks to the X server of a screen.
 * @returns what it said
 * @throws Error where it failed
 */
export async function runX11(
  { x11 }: Pick<VirtualScreen, 'x11'>,
  program: string,
  args: readonly string[],
): Promise<string> {
  const { stdout } = await run(program, args, { env: { ...process.env, DISPLAY: x11 } })
  return stdout.trim()
}
