import { closeSync, openSync, readSync } from 'node:fs'

function startsWith(path, beginning) {
  const head = Buffer.alloc(beginning.length)
  const file = openSync(path)
  readSync(file, head)
  closeSync(file)
  return head.equals(Buffer.from(beginning, 'latin1'))
}

/** A program or a library of the machine, whatever its name. */
export const isElf = (path) => startsWith(path, '\x7fELF')

export const isScript = (path) => startsWith(path, '#!')
