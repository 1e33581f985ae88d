import { appendFileSync, mkdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import type { FSWatcher } from 'node:fs'
import { join } from 'node:path'

/** Told of a second start: its arguments, its folder, what it sent along. */
export type OnSecond = (argv: readonly string[], cwd: string, data: unknown) => void

/** The lock by which a second start finds the first one. */
export interface SingleInstance {
  request(data: unknown, onSecond: OnSecond): boolean
  isHeld(): boolean
  release(): void
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const holderOf = (lock: string): number | null => {
  try {
    const pid = Number(readFileSync(lock, 'utf8'))
    // A lock that was only just made names nobody: process 0 would be ourselves.
    return pid > 0 && isAlive(pid) ? pid : null
  } catch {
    return null
  }
}

/** A lock that cannot be written is refused as one that another process holds: Electron does not tell them apart. */
function canWrite(folder: string, lock: string): boolean {
  try {
    mkdirSync(folder, { recursive: true })
    appendFileSync(lock, '')
    return true
  } catch {
    return false
  }
}

/** @param folder where the app's data is at the time of the question */
export function createSingleInstance(folder: () => string): SingleInstance {
  let held: { readonly lock: string; readonly watcher: FSWatcher } | null = null

  return {
    request(data, onSecond) {
      const lock = join(folder(), 'SingletonLock')
      const call = join(folder(), 'SingletonCall')
      if (!canWrite(folder(), lock)) return false
      if (holderOf(lock) !== null && held === null) {
        writeFileSync(call, JSON.stringify({ argv: process.argv, cwd: process.cwd(), data }))
        return false
      }
      writeFileSync(lock, String(process.pid))
      const watcher = watch(folder(), (_event, name) => {
        if (name !== 'SingletonCall') return
        try {
          const said = JSON.parse(readFileSync(call, 'utf8')) as {
            argv: string[]
            cwd: string
            data: unknown
          }
          rmSync(call)
          onSecond(said.argv, said.cwd, said.data)
        } catch {
          // Half written: the next event has the rest.
        }
      })
      watcher.unref()
      held = { lock, watcher }
      return true
    },
    isHeld: () => held !== null,
    release() {
      if (held === null) return
      held.watcher.close()
      rmSync(held.lock, { force: true })
      held = null
    },
  }
}
