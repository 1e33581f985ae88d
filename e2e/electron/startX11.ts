import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { VirtualScreen } from './VirtualScreen.ts'

/** The descriptor an X server writes its number to once it serves. */
const NUMBER_DESCRIPTOR = 3

/** Starts an X server on the next free number. @param args without the number */
export async function startX11(program: string, args: readonly string[]): Promise<VirtualScreen> {
  const child = spawn(
    program,
    ['-displayfd', String(NUMBER_DESCRIPTOR), ...args, '-nolisten', 'tcp', '-noreset'],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] },
  )
  const said: string[] = []
  child.stderr?.setEncoding('utf8').on('data', (text: string) => said.push(text))
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const number = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdio[NUMBER_DESCRIPTOR] as Readable }).once('line', resolve)
    child.once('error', (error) => reject(new Error(`${program} could not be started: ${error.message}`)))
    child.once('exit', () => reject(new Error(`${program} ended: ${said.join('')}`)))
  })
  return {
    environment: { DISPLAY: `:${number}` },
    args: [],
    x11: `:${number}`,
    async close() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
