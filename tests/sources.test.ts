import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readRepositoryFile, repositoryFiles, root } from './repositoryFiles.ts'

const ours = repositoryFiles(
  '.ts',
  '.vue',
  '.mjs',
  '.md',
  '.json',
  '.yml',
  '.yaml',
  '.css',
  '.html',
  '.sh',
).filter((file) => file !== 'package-lock.json' && file !== 'tests/sources.test.ts')

const linesOf = (file: string) =>
  readRepositoryFile(file)
    .split('\n')
    .map((text, index) => ({ file, line: index + 1, text }))

function matches(files: readonly string[], pattern: RegExp): readonly string[] {
  return files
    .flatMap(linesOf)
    .filter(({ text }) => pattern.test(text))
    .map(({ file, line, text }) => `${file}:${line} ${text.trim().slice(0, 120)}`)
}

describe('names', () => {
  it('no file is called by a word that fits everything', () => {
    const vague = /(?:^|\/)(?:utils?|helpers?|common|misc|manager)(?:\/|\.(?:ts|vue|mjs)$)/i
    expect(repositoryFiles().filter((file) => vague.test(file))).toEqual([])
  })

  it('no file reaches for a path of one machine', () => {
    // A path that exists on its author's machine only.
    const path = /(?<![\w.:/])\/(?:work|root|Users|home\/\w+)\/[\w.]/
    // The service units name the account they run under.
    const files = ours.filter((file) => !file.startsWith('build/') && !file.startsWith('docs/'))
    expect(matches(files, path)).toEqual([])
  })

  it('no reminder stands without its owner', () => {
    expect(matches(ours, /\b(?:TODO|FIXME|XXX|HACK)\b(?!\s*\(#?\w+\))/)).toEqual([])
  })

  it('no merge was left half done', () => {
    expect(matches(ours, /^(?:<{7} |>{7} |={7}$)/)).toEqual([])
  })
})

describe('tests', () => {
  const specs = repositoryFiles('.test.ts', '.spec.ts').filter((file) => file !== 'tests/sources.test.ts')

  it('none is alone or left out in silence', () => {
    expect(matches(specs, /\b(?:it|test|describe)\.(?:only|skip|todo|fixme)\s*\(\s*['"`]/)).toEqual([])
  })

  it('none sleeps', () => {
    expect(matches(specs, /waitForTimeout|setTimeout\(\s*(?:resolve|r|done)\b/)).toEqual([])
  })
})

describe('documents', () => {
  const documents = repositoryFiles('.md')
  const link = /!?\[[^\]]*\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g

  /** Headings as the usual hosts turn them into anchors. */
  const anchors = (file: string): readonly string[] =>
    linesOf(file)
      .map(({ text }) => /^#{1,6}\s+(.*)$/.exec(text)?.[1])
      .filter((heading) => heading !== undefined)
      .map((heading) =>
        heading
          .toLowerCase()
          .replace(/[^\p{L}\p{N}\s_-]/gu, '')
          .trim()
          .replace(/\s/g, '-'),
      )

  it.each(documents)('the links of %s lead somewhere', (file) => {
    const targets = [...readRepositoryFile(file).matchAll(link)].map((match) => match[1] ?? '')
    const broken = targets.filter((target) => {
      if (/^(?:https?|mailto):/.test(target)) return false
      const [path = '', anchor] = target.split('#')
      const found = path === '' ? file : join(dirname(file), decodeURIComponent(path))
      if (!existsSync(join(root, found))) return true
      return (
        anchor !== undefined && found.endsWith('.md') && !anchors(found).includes(decodeURIComponent(anchor))
      )
    })
    expect(broken).toEqual([])
  })
})
