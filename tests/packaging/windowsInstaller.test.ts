import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { createWine, windowsPath } from './windows/createWine.ts'
import type { Wine } from './windows/createWine.ts'
import { prepareTrialInstallers, sevenZipForWindows } from './windows/trialInstallers.ts'

const root = join(import.meta.dirname, '../..')
const { windowsTools } = z
  .object({ windowsTools: z.record(z.string(), z.string()) })
  .parse(await import(join(root, 'scripts/lib/windowsTools.mjs')))
const missing = Object.keys(windowsTools).filter((program) => spawnSync('which', [program]).status !== 0)
const condition = missing.length === 0 ? 'run by Wine' : `not run: no ${missing.join(', ')}`

const key = 'Software\\Doorplate'
const uninstallKey =
  'Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\5f59105b-29d5-5969-8853-17c38a1f5ec5'
const secondsForAll = 240_000
const aWhile = { timeout: 60_000, interval: 100 }

describe.skipIf(missing.length > 0)(`the Windows installer, ${condition}`, { timeout: secondsForAll }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'doorplate-windows-'))
  const log = join(folder, 'starts.log')
  let wine: Wine
  let older: string
  let newer: string
  let supervisor: string

  beforeAll(async () => {
    wine = await createWine(join(folder, 'wine'), {
      DOORPLATE_TRIAL_7ZA: windowsPath(sevenZipForWindows),
      DOORPLATE_TRIAL_LOG: windowsPath(log),
    })
    const installers = await prepareTrialInstallers(folder, wine.env)
    supervisor = installers.supervisor
    ;[older, newer] = await Promise.all([installers.build('0.1.0'), installers.build('0.2.0')])
  }, secondsForAll)

  afterAll(async () => {
    await wine.end()
    rmSync(folder, { recursive: true, force: true })
  }, secondsForAll)

  beforeEach(() => writeFileSync(log, ''))

  const starts = (): string[] => readFileSync(log, 'utf8').trim().split(/\s*\n/)
  const forUser = (): string => join(wine.profile(), 'AppData/Local/Programs/Doorplate')
  const forAll = (): string => join(wine.disk, 'Program Files/Doorplate')
  const program = (place: string): string => join(place, 'Doorplate.exe')
  const onC = (path: string): string => path.replace(wine.disk, 'C:').replaceAll('/', '\\')
  const version = (hive: string): Promise<string | null> =>
    wine.readRegistry(`${hive}\\${uninstallKey}`, 'DisplayVersion')
  const marks = async (name: string): Promise<(string | null)[]> => [
    await wine.readRegistry(`HKCU\\${key}`, name),
    await wine.readRegistry(`HKLM\\${key}`, name),
  ]

  it('installs silently for the account it runs under', async () => {
    expect(await wine.start(older, '/S')).toBe(0)
    expect(await version('HKCU')).toBe('0.1.0')
    expect(await version('HKLM')).toBeNull()
    expect(readdirSync(forUser()).sort()).toEqual([
      'Doorplate.exe',
      'Uninstall Doorplate.exe',
      'locales',
      'resources',
      'version',
    ])
    expect(readdirSync(join(forUser(), 'resources')).sort()).toEqual(['app.asar', 'kiosk'])
    expect(readdirSync(join(forUser(), 'resources/kiosk')).sort()).toEqual(
      readdirSync(join(root, 'build/windows')).filter((name) => name.endsWith('.ps1')),
    )
    // The copy for an updater this app does not have, as large as the installer.
    expect(existsSync(join(wine.profile(), 'AppData/Local/doorplate-updater/installer.exe'))).toBe(false)
  })

  // Without the mark the panel is started again as often as it is ended, and the old one stands at the end.
  it('exchanges the files under a supervisor that starts the panel again, and uninstalls without the data', async () => {
    const data = join(wine.profile(), 'AppData/Roaming/Doorplate')
    mkdirSync(join(data, 'state'), { recursive: true })
    const kept = ['settings.json', 'secrets.json', 'state/presses.json']
    for (const name of kept) writeFileSync(join(data, name), name)

    const supervised = wine.start(supervisor, onC(program(forUser())))
    await vi.waitFor(() => expect(starts()).toEqual(['started 0.1.0']), aWhile)
    expect(await wine.start(newer, '/S')).toBe(0)
    await vi.waitFor(() => expect(starts()).toEqual(['started 0.1.0', 'started 0.2.0']), aWhile)
    expect(await version('HKCU')).toBe('0.2.0')
    expect(await marks('InstallingSince')).toEqual([null, null])

    expect(await wine.start(join(forUser(), 'Uninstall Doorplate.exe'), '/S')).toBe(0)
    await supervised
    expect(starts()).toEqual(['started 0.1.0', 'started 0.2.0'])
    await vi.waitFor(async () => expect(await version('HKCU')).toBeNull(), aWhile)
    expect(existsSync(program(forUser()))).toBe(false)
    expect(kept.map((name) => readFileSync(join(data, name), 'utf8'))).toEqual(kept)
  })

  it('installs for all accounts when told to, stays there without being told, and uninstalls', async () => {
    expect(await wine.start(older, '/S', '/allusers')).toBe(0)
    expect([await version('HKLM'), await version('HKCU')]).toEqual(['0.1.0', null])
    // What the uninstaller of the test before left behind no longer counts.
    expect(await marks('Removed')).toEqual([null, null])

    const supervised = wine.start(supervisor, onC(program(forAll())))
    await vi.waitFor(() => expect(starts()).toEqual(['started 0.1.0']), aWhile)
    expect(await wine.start(newer, '/S')).toBe(0)
    await vi.waitFor(() => expect(starts()).toEqual(['started 0.1.0', 'started 0.2.0']), aWhile)
    expect([await version('HKLM'), await version('HKCU')]).toEqual(['0.2.0', null])
    expect(existsSync(program(forUser()))).toBe(false)

    const quiet = await wine.readRegistry(`HKLM\\${uninstallKey}`, 'QuietUninstallString')
    expect(quiet).toBe(`"${onC(join(forAll(), 'Uninstall Doorplate.exe'))}" /allusers /S`)
    expect(await wine.start(join(forAll(), 'Uninstall Doorplate.exe'), '/allusers', '/S')).toBe(0)
    await supervised
    await vi.waitFor(async () => expect(await version('HKLM')).toBeNull(), aWhile)
    expect(existsSync(program(forAll()))).toBe(false)
  })

  it('leaves a mark of the last uninstallation, in the units the supervisor reads', async () => {
    const [mark] = await marks('InstallingSince')
    const sinceMs = Number(BigInt(mark ?? 0) / 10_000n) - 11_644_473_600_000
    expect(Date.now() - sinceMs).toBeGreaterThanOrEqual(0)
    expect(Date.now() - sinceMs).toBeLessThan(secondsForAll)
  })

  // The panel would stay dark until the mark is too old, and the management tool wait for somebody to press a button.
  it('says with 2 that the older program could not be taken away, and lets it be started again', async () => {
    expect(await wine.start(older, '/S')).toBe(0)
    // A program that fails whatever it is told.
    copyFileSync(sevenZipForWindows, join(forUser(), 'Uninstall Doorplate.exe'))
    expect(await wine.start(newer, '/S')).toBe(2)
    expect(await marks('InstallingSince')).toEqual([null, null])
    expect(existsSync(program(forUser()))).toBe(true)
    expect(await version('HKCU')).toBe('0.1.0')
  })
})
