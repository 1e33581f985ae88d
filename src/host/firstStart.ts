import { randomInt } from 'node:crypto'
import { anyScreen } from '../core/api/Caller.ts'
import type { Core } from '../core/Core.ts'

/** Letters and digits that are not mistaken for one another when read off a terminal. */
const ALPHABET = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

/** The code a first start over the network must be opened with: whoever can read the host's log is its admin. */
export function newSetupCode(): string {
  const letter = (): string => ALPHABET.charAt(randomInt(ALPHABET.length))
  const group = (): string => Array.from({ length: 4 }, letter).join('')
  return `${group()}-${group()}`
}

/** What {@link announceFirstStart} needs. */
export interface FirstStart {
  readonly core: Pick<Core, 'dispatch'>
  readonly setupCode: string
  readonly url: string
  readonly write: (line: string) => void
}

/** Tells the operator, while no PIN is set, how to get into the settings screen. */
export async function announceFirstStart({ core, setupCode, url, write }: FirstStart): Promise<void> {
  const state = await core.dispatch('session.getState', {}, anyScreen)
  const isPinSet =
    state.ok &&
    typeof state.data === 'object' &&
    state.data !== null &&
    'isPinSet' in state.data &&
    state.data.isPinSet
  if (isPinSet !== false) return
  write(`doorplate: no PIN is set yet. Open ${url} and set it with this code: ${setupCode}\n`)
}
