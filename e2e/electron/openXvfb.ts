import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

/** A screen nobody sees. */
export interface VirtualScreen {
  /** What a program is told to find it. */
  readonly environment: Readonly<Record<string, string>>
  close(): Promise<void>
}

/** The descriptor Xvfb writes its number to once it serves. */
const NUMBER_DESCRIPTOR = 3

/** A screen of its own for one test: two kiosks on one screen would fight for its focus. */
export async function openXvfb(size: {
  readonly width: number
  readonly height: number
}): Promise<VirtualScreen> {
  const child = spawn(
    'Xvfb',
    [
      ...['-displayfd', String(NUMBER_DESCRIPTOR)],
      ...['-screen', '0', `${size.width}x${size.height}x24`],
      ...['-nolisten', 'tcp', '-noreset'],
    ],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] },
  )
  const said: string[] = []
  child.stderr?.setEncoding('utf8').on('data', (text: string) => said.push(text))
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const number = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdio[NUMBER_DESCRIPTOR] as Readable }).once('line', resolve)
    child.once('error', (error) => reject(new Error(`Xvfb could not be started: ${error.message}`)))
    child.once('exit', () => reject(new Error(`Xvfb ended: ${said.join('')}`)))
  })
  return {
    environment: { DISPLAY: `:${number}` },
    async close() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
