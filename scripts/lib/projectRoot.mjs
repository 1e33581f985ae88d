import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository, wherever it was cloned to and whatever folder the command was run in. */
export const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** @param {...string} parts path below the repository */
export const inProject = (...parts) => join(projectRoot, ...parts)
