import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { electronDeprecations } from './electronDeprecations.ts'
import { repositoryFiles, root } from './repositoryFiles.ts'

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowImportingTsExtensions: true,
  noEmit: true,
  strict: true,
  skipLibCheck: true,
  types: ['node'],
}

/** Judges made-up code as if it stood in the main process. */
function judge(code: string): readonly string[] {
  const path = join(root, 'src/main/probe.ts')
  const host = ts.createCompilerHost(options)
  const getSourceFile = host.getSourceFile.bind(host)
  const fileExists = host.fileExists.bind(host)
  host.getSourceFile = (name, ...rest) =>
    name === path
      ? ts.createSourceFile(name, code, ts.ScriptTarget.ES2023, true)
      : getSourceFile(name, ...rest)
  host.fileExists = (name) => name === path || fileExists(name)
  return electronDeprecations(ts.createProgram([path], options, host), [path]).map(({ name }) => name)
}

// Electron's typings are long, and so is what Node's add to them.
describe('electronDeprecations', { timeout: 60_000 }, () => {
  it('sees a deprecated method, however it is reached', () => {
    const named = judge("import { safeStorage } from 'electron'\nsafeStorage.encryptString('x')\n")
    expect(named).toContain("safeStorage.encryptString('x')")
    const taken = judge(
      "import { safeStorage } from 'electron'\nconst { decryptString } = safeStorage\nvoid decryptString\n",
    )
    expect(taken).toContain('decryptString')
  })

  it('sees a listener that takes arguments its event is about to lose', () => {
    const listen = (parameters: string): readonly string[] =>
      judge(
        `import type { WebContents } from 'electron'\nexport const guard = (contents: WebContents) => contents.on('will-navigate', (${parameters}) => undefined)\n`,
      )
    expect(listen('event, url')).toHaveLength(1)
    expect(listen('event')).toEqual([])
  })

  it('leaves the present API alone', () => {
    const code = [
      "import { app, safeStorage } from 'electron'",
      "app.on('activate', () => undefined)",
      "void app.whenReady().then(() => safeStorage.encryptStringAsync('x'))",
    ].join('\n')
    expect(judge(code)).toEqual([])
  })

  it('finds nothing of the kind in the app', () => {
    const sources = repositoryFiles('.ts')
      .filter((file) => /^src\/(?:main|preload)\//.test(file) && !file.endsWith('.test.ts'))
      .map((file) => join(root, file))
    expect(sources.length).toBeGreaterThan(0)
    expect(electronDeprecations(ts.createProgram(sources, options), sources)).toEqual([])
  })
})
