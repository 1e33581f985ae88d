import { readFileSync } from 'node:fs'
import Module, { createRequire, register } from 'node:module'
import { join } from 'node:path'
import type { ElectronModule } from './electron/createElectron.ts'
import { UnknownApiError } from './knownApi.ts'
import type { Tell } from './knownApi.ts'

/** The names under which a main process asks for Electron. */
const specifiers = ['electron', 'electron/main', 'electron/common']

const GLOBAL = '__doorplateElectron'

/** Every value the real module exports, read from its own typings, so that an unknown one is named and not just missing. */
function exportedNames(appPath: string): readonly string[] {
  const typings = readFileSync(join(appPath, 'node_modules/electron/electron.d.ts'), 'utf8')
  const start = typings.indexOf('namespace CrossProcessExports {')
  const block = typings.slice(start, typings.indexOf('\n  }', start))
  return [...block.matchAll(/^ {4}(?:const|class|function) (\w+)/gm)].map(([, name]) => name ?? '')
}

/** Stands for an export the stand-in has not learned; importing it is fine, touching it is not. */
function unknownExport(name: string, tell: Tell): object {
  const refuse = (): never => {
    tell('unknown', name)
    throw new UnknownApiError(
      `electron.${name}: the stand-in for Electron does not know it; teach it in e2e/standIn`,
    )
  }
  return new Proxy(refuse, { get: refuse, apply: refuse, construct: refuse })
}

/** Code of the module hooks, which run in a thread of their own and share nothing with this one. */
function hooks(names: readonly string[]): string {
  const source = [
    `const electron = globalThis.${GLOBAL};`,
    'export default electron;',
    `export const { ${names.join(', ')} } = electron;`,
  ].join('\n')
  return `
    const names = new Set(${JSON.stringify(specifiers)})
    export async function resolve(specifier, context, next) {
      return names.has(specifier) ? { url: 'stand-in:electron', shortCircuit: true } : next(specifier, context)
    }
    export async function load(url, context, next) {
      return url === 'stand-in:electron'
        ? { format: 'module', shortCircuit: true, source: ${JSON.stringify(source)} }
        : next(url, context)
    }
  `
}

/** Node's loader for `require`, as far as it is taken over. */
interface Loader {
  _load(request: string, parent: unknown, isMain: boolean): unknown
  _resolveFilename(request: string, ...rest: readonly unknown[]): string
}

/** From now on `electron` means the stand-in in this process, imported or required. */
export function installElectron(electron: ElectronModule, appPath: string, tell: Tell): void {
  const names = exportedNames(appPath)
  if (!names.includes('app')) throw new Error('electron.d.ts has changed its shape: no exports found in it')
  const missing = names.filter((name) => !Object.hasOwn(electron, name))
  const whole = {
    ...Object.fromEntries(missing.map((name) => [name, unknownExport(name, tell)])),
    ...electron,
  }
  Object.assign(globalThis, { [GLOBAL]: whole })

  register(`data:text/javascript,${encodeURIComponent(hooks(names))}`)
  const loader = Module as unknown as Loader
  const load = loader._load.bind(loader)
  const resolve = loader._resolveFilename.bind(loader)
  loader._load = (request, parent, isMain) =>
    specifiers.includes(request) ? whole : load(request, parent, isMain)
  loader._resolveFilename = (request, ...rest) =>
    specifiers.includes(request) ? request : resolve(request, ...rest)
}

/** Whether `require('electron')` gives the stand-in: said at start, so that a broken hook is not a riddle later. */
export function proveInstalled(appPath: string): void {
  const electron: unknown = createRequire(join(appPath, 'package.json'))('electron')
  if (typeof electron !== 'object') throw new Error('require("electron") does not give the stand-in')
}
