import { readlinkSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { appendPrivately, createTreeJournal } from './createTreeJournal.ts'
import type { TreeJournal } from './createTreeJournal.ts'
import { createUpdates } from './createUpdates.ts'
import type { Updates } from './createUpdates.ts'

/** The tree this process runs from, of those the package keeps: `/opt/Doorplate.trees/<name>`. */
export interface KeptTree {
  readonly journal: TreeJournal
  readonly updates: Updates
}

/**
 * @param tree its name, as the launcher gave it; null where no launcher chose one
 * @param execPath the running program: it lies in the tree
 * @param journalPath where launcher and panel tell each other how starts went
 */
export function openKeptTree(tree: string | null, execPath: string, journalPath: string): KeptTree | null {
  if (tree === null) return null
  return {
    journal: createTreeJournal({ tree, path: journalPath, append: appendPrivately }),
    updates: createUpdates({
      tree,
      treesFolder: dirname(dirname(execPath)),
      journalPath,
      readText: (path) => readFile(path, 'utf8'),
      readLink: (path) => readlinkSync(path),
    }),
  }
}
