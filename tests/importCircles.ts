import { dirname, join, normalize } from 'node:path/posix'
import ts from 'typescript'

/** Source files by their path from the root. */
export type Sources = ReadonlyMap<string, string>

/** What a component says outside its template. */
const scriptOf = (path: string, text: string): string =>
  path.endsWith('.vue')
    ? [...text.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)].map(([, script]) => script ?? '').join('\n')
    : text

/** Files of {@link Sources} that a file names, types and `import()` counted, whatever it takes from them. */
function importsOf(path: string, sources: Sources): readonly string[] {
  const { importedFiles } = ts.preProcessFile(scriptOf(path, sources.get(path) ?? ''), true, true)
  return importedFiles.flatMap(({ fileName }) => {
    if (!fileName.startsWith('.')) return []
    const target = normalize(join(dirname(path), fileName.split('?', 1)[0] ?? ''))
    return sources.has(target) && target !== path ? [target] : []
  })
}

/**
 * One circle for every knot of files that reach each other: the shortest one through the knot's first file.
 * @returns each as the files on the way round, the first one again at its end
 */
export function findCircles(sources: Sources): readonly (readonly string[])[] {
  const graph = new Map([...sources.keys()].sort().map((path) => [path, importsOf(path, sources)]))
  const known = new Set<string>()
  return [...graph.keys()].flatMap((path) => {
    if (known.has(path)) return []
    const circle = wayRound(path, graph)
    if (circle === null) return []
    for (const one of circle) known.add(one)
    return [circle]
  })
}

function wayRound(start: string, graph: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
  const cameFrom = new Map<string, string>()
  const queue = [start]
  for (const path of queue) {
    for (const target of graph.get(path) ?? []) {
      if (target === start) return [...wayTo(path, cameFrom), start]
      if (cameFrom.has(target)) continue
      cameFrom.set(target, path)
      queue.push(target)
    }
  }
  return null
}

function wayTo(path: string, cameFrom: ReadonlyMap<string, string>): readonly string[] {
  const before = cameFrom.get(path)
  return before === undefined ? [path] : [...wayTo(before, cameFrom), path]
}
