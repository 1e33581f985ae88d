import { execFile } from 'node:child_process'

/** How a program that was asked something ended. */
export type CommandOutcome =
  | { readonly kind: 'ended'; readonly exitCode: number; readonly output: string }
  /** There is no such program on this machine. */
  | { readonly kind: 'absent' }
  /** It was ended after its time. */
  | { readonly kind: 'overdue' }

/** Asks a program of the system something. Never rejects, and always answers in time. */
export type RunCommand = (command: string, args: readonly string[]) => Promise<CommandOutcome>

/** No question asked of a machine is worth longer. */
const DEADLINE_MS = 5000

/** The real thing: without a shell, so that nothing in an argument is read as a command. */
export const runCommand: RunCommand = (command, args) =>
  new Promise((resolve) => {
    const options = { timeout: DEADLINE_MS, killSignal: 'SIGKILL', windowsHide: true } as const
    execFile(command, [...args], options, (error, output) => {
      if (error === null) resolve({ kind: 'ended', exitCode: 0, output })
      else if (error.killed) resolve({ kind: 'overdue' })
      else if (typeof error.code === 'number') resolve({ kind: 'ended', exitCode: error.code, output })
      else resolve({ kind: 'absent' })
    })
  })
