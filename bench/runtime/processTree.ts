import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Ticks of `utime` and `stime` in a second: `USER_HZ`, the same on every Linux that Electron runs on. */
const TICKS_PER_SECOND = 100

/** One process as `/proc/PID/stat` has it. */
export interface ProcessFacts {
  readonly pid: number
  readonly parentPid: number
  /** Of all its threads so far. */
  readonly cpuSeconds: number
}

/** @param text of `/proc/PID/stat` @throws on anything else */
export function parseStat(text: string): ProcessFacts {
  // The name stands in parentheses and may hold spaces and parentheses itself.
  const nameEnd = text.lastIndexOf(')')
  const fields = text.slice(nameEnd + 2).split(' ')
  const [parentPid, userTicks, systemTicks] = [fields[1], fields[11], fields[12]].map(Number)
  const pid = Number.parseInt(text, 10)
  if (nameEnd < 0 || [pid, parentPid, userTicks, systemTicks].some((value) => !Number.isFinite(value)))
    throw new Error(`not a /proc stat: ${text}`)
  return {
    pid,
    parentPid: parentPid ?? 0,
    cpuSeconds: ((userTicks ?? 0) + (systemTicks ?? 0)) / TICKS_PER_SECOND,
  }
}

/** A process and everything below it. */
export function treeOf(processes: readonly ProcessFacts[], rootPid: number): readonly ProcessFacts[] {
  const own = processes.filter(({ pid }) => pid === rootPid)
  const below = processes.filter(({ parentPid }) => parentPid === rootPid)
  return [...own, ...below.flatMap(({ pid }) => treeOf(processes, pid))]
}

/** What a process that has just ended leaves is nothing. */
const readOrEmpty = (file: string): Promise<string> => readFile(file, 'utf8').catch(() => '')

/** The tree below one process, as it is now. */
export async function readTree(rootPid: number): Promise<readonly ProcessFacts[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const texts = await Promise.all(pids.map((pid) => readOrEmpty(join('/proc', pid, 'stat'))))
  return treeOf(texts.filter((text) => text !== '').map(parseStat), rootPid)
}

/**
 * Proportional memory of a tree, bytes: what several processes share counts once, in parts.
 * @throws where one of them may not be looked into
 */
export async function memoryOf(tree: readonly ProcessFacts[]): Promise<number> {
  const sizes = await Promise.all(
    tree.map(async ({ pid }) => {
      const text = await readFile(join('/proc', String(pid), 'smaps_rollup'), 'utf8')
      const kibibytes = /^Pss:\s+(\d+) kB$/m.exec(text)?.[1]
      if (kibibytes === undefined) throw new Error(`/proc/${pid}/smaps_rollup has no Pss`)
      return Number(kibibytes) * 1024
    }),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** Processor seconds of a tree so far; processes that ended in between are not in it. */
export const cpuSecondsOf = (tree: readonly ProcessFacts[]): number =>
  tree.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0)
