import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** Absolute path of the repository. */
export const root = join(import.meta.dirname, '..')

const skipped = new Set([
  '.git',
  'node_modules',
  'out',
  'dist',
  'coverage',
  'test-results',
  'playwright-report',
])

function walk(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name) || entry.name === '.cache') return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? walk(path) : entry.isFile() ? [path] : []
  })
}

/** Every file of the working tree that is ours, as paths from the root with forward slashes. */
export function repositoryFiles(...endings: readonly string[]): readonly string[] {
  return walk(root)
    .map((path) => relative(root, path).split(sep).join('/'))
    .filter((path) => endings.length === 0 || endings.some((ending) => path.endsWith(ending)))
}

/** The text of one of {@link repositoryFiles}. */
export const readRepositoryFile = (path: string): string => readFileSync(join(root, path), 'utf8')
