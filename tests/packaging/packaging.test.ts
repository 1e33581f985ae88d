import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { extractFile, listPackage, statFile } from '@electron/asar'
import { beforeAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const secondsForOnePackage = 60_000

/** Packs against the stub Electron; the installers' contents are decided by the same configuration. */
function pack(platform: 'linux' | 'win'): string {
  const run = spawnSync(process.execPath, ['scripts/dist.mjs', platform, '--dir-only'], {
    cwd: root,
    encoding: 'utf8',
  })
  if (run.status !== 0) throw new Error(`dist:${platform} failed\n${run.stdout}${run.stderr}`)
  return join(root, 'dist', `${platform}-unpacked`, 'resources', 'app.asar')
}

/** Files of the archive, with a build's content hashes made equal. */
function filesOf(asar: string): string[] {
  return listPackage(asar, { isPack: false })
    .map((path) => path.replaceAll('\\', '/').slice(1))
    .filter((path) => !('files' in statFile(asar, path)))
    .map((path) => path.replace(/-[\w-]{8}\.(js|css)$/, '-HASH.$1'))
    .sort()
}

/** The renderer's own build decides its chunks; every one of them must be in, and nothing else. */
function rendererFiles(folder = 'out/renderer'): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((path) => !path.endsWith('.map'))
    .map((path) => path.replace(/-[\w-]{8}\.(js|css)$/, '-HASH.$1'))
}

describe.each(['linux', 'win'] as const)('the package for %s', (platform) => {
  let asar = ''
  beforeAll(() => {
    for (const built of ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html']) {
      if (!existsSync(join(root, built))) throw new Error(`${built} is missing: run npm run build first`)
    }
    asar = pack(platform)
  }, secondsForOnePackage)

  it('holds exactly the built app: no source, map, test, simulator, secret or dependency', () => {
    expect(filesOf(asar)).toEqual(
      [
        'LICENSE',
        'NOTICE',
        'package.json',
        'resources/icon.png',
        'out/main/index.js',
        'out/preload/index.cjs',
        ...rendererFiles(),
      ].sort(),
    )
  })

  it('runs the very files that were built and tested', () => {
    const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
    for (const file of ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html']) {
      expect(hash(extractFile(asar, file))).toBe(hash(readFileSync(join(root, file))))
    }
  })

  it('names no development dependency and no script in its package.json', () => {
    const shipped = JSON.parse(extractFile(asar, 'package.json').toString()) as Record<string, unknown>
    expect(shipped['main']).toBe('out/main/index.js')
    expect(shipped).not.toHaveProperty('devDependencies')
    expect(shipped).not.toHaveProperty('scripts')
  })

  it('carries nothing of the simulator or the gallery, nor a source map reference', () => {
    for (const path of listPackage(asar, { isPack: false })) {
      if (!/\.(c?js|html)$/.test(path)) continue
      const text = extractFile(asar, path.slice(1)).toString()
      // As booleans: a failure that prints a whole bundle helps nobody.
      expect(/simulator-secret|__sim\b/.test(text), `${path} holds the simulator`).toBe(false)
      expect(/sourceMappingURL=(?!data:)/.test(text), `${path} names a source map`).toBe(false)
    }
  })

  it('brings no app of Electron’s own, which an unpacked distribution has', () => {
    expect(readdirSync(dirname(asar))).not.toContain('default_app.asar')
  })

  it('keeps only the languages it speaks', () => {
    expect(readdirSync(join(root, 'dist', `${platform}-unpacked`, 'locales')).sort()).toEqual([
      'en-US.pak',
      'zh-CN.pak',
    ])
  })
})

describe('what is built for Linux', () => {
  it('is an AppImage for both processors by the packager, and a deb and an rpm by ours', () => {
    const config = readFileSync(join(root, 'electron-builder.yml'), 'utf8')
    expect(/^linux:[^]*?target:\n((?: {4}- .*\n)+)/m.exec(config)?.[1]).toBe(
      '    - { target: AppImage, arch: [x64, arm64] }\n',
    )
    const help = spawnSync(process.execPath, ['scripts/dist.mjs', '--help'], { cwd: root, encoding: 'utf8' })
    expect(help.stdout).toContain('some of deb,rpm,AppImage instead of all three')
    const misspelt = spawnSync(process.execPath, ['scripts/dist.mjs', 'linux', '--only', 'dep'], {
      cwd: root,
    })
    expect(misspelt.status).toBe(2)
  })
})

describe('fuses', () => {
  it('production locks everything a stranger could use; e2e differs only by the inspector', async () => {
    const { fuseSet } = (await import(join(root, 'build/fuses.mjs'))) as {
      fuseSet: (name: string) => Record<string, unknown>
    }
    const production = fuseSet('production')
    const e2e = fuseSet('e2e')
    const differing = Object.keys(production).filter((key) => production[key] !== e2e[key])
    expect(differing).toEqual(['3'])
    expect(production).toMatchObject({ 0: false, 1: false, 2: false, 3: false, 4: true, 5: true, 7: false })
    expect(production['strictlyRequireAllFuses']).toBe(true)
  })

  it('an older Electron under test goes without a fuse only by its name; the product’s own list stays whole', async () => {
    const { fuseSet, leftOutFuses } = (await import(join(root, 'build/fuses.mjs'))) as {
      fuseSet: (name: string, leftOut?: readonly string[]) => Record<string, unknown>
      leftOutFuses: (list?: string) => string[]
    }
    expect(leftOutFuses(undefined)).toEqual([])
    const older = fuseSet('production', leftOutFuses('WasmTrapHandlers'))
    const whole = fuseSet('production')
    expect(Object.keys(whole).filter((key) => !(key in older))).toEqual(['8'])
    expect(older['strictlyRequireAllFuses']).toBe(true)
    expect(() => leftOutFuses('WasmTrapHandler')).toThrow('unknown fuse WasmTrapHandler')
  })

  it('is asked for by name; a misspelt set does not silently lock nothing', async () => {
    const { fuseSet } = (await import(join(root, 'build/fuses.mjs'))) as {
      fuseSet: (name: string) => unknown
    }
    expect(() => fuseSet('prod')).toThrow('unknown fuse set')
  })
})
