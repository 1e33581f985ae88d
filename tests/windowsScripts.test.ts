import { beforeAll, describe, expect, it } from 'vitest'
import { exitCodes } from '../src/core/Core.ts'
import { createPowerShellReader } from './powerShell.ts'
import type { PowerShellReader, Value } from './powerShell.ts'
import { readRepositoryFile, repositoryFiles } from './repositoryFiles.ts'

const scripts = repositoryFiles('.ps1')
const supervisor = readRepositoryFile('build/windows/Start-Doorplate.ps1')
const installer = readRepositoryFile('build/windows/installer.nsh')

let reader: PowerShellReader
beforeAll(async () => {
  reader = await createPowerShellReader()
})
const ask = (name: string, ...args: Value[]): Value => reader.call(supervisor, name, args)

describe('the PowerShell scripts', () => {
  it('are found', () => expect(scripts.length).toBeGreaterThan(2))

  // Nobody sees the error message of a kiosk's start script: the door stays dark.
  it.each(scripts)('%s is PowerShell from its first line to its last', (file) => {
    expect(reader.faultsOf(readRepositoryFile(file))).toEqual([])
  })

  // Windows PowerShell takes a file without a mark of its encoding for the system's code page.
  it.each(scripts)('%s is plain ASCII', (file) => {
    expect(readRepositoryFile(file)).toMatch(/^[\t\n\r -~]*$/)
  })

  // Windows PowerShell leaves it empty there when the script was started by -File: the program would not be found.
  it.each(scripts)('%s takes no default of a parameter from its own folder', (file) => {
    const [parameters = ''] = /^param\([\s\S]*?^\)/m.exec(readRepositoryFile(file)) ?? []
    expect(parameters).not.toBe('')
    expect(parameters).not.toMatch(/\$PSScriptRoot/)
  })

  it.each(scripts)('%s would be caught with a bracket, a quote or an operand less', (file) => {
    const text = readRepositoryFile(file)
    const last = text.lastIndexOf('}')
    expect(reader.faultsOf(text.slice(0, last) + text.slice(last + 1))).not.toEqual([])
    expect(reader.faultsOf(`${text}\nif ($a -eq ) { exit }\n`)).not.toEqual([])
    expect(reader.faultsOf(`${text}\nWrite-Output "open\n`)).not.toEqual([])
  })
})

describe('the reader of functions', () => {
  it('throws at what it does not know, and at a function that is not there', () => {
    const text = 'function Get-It([int] $A) { Remove-Item $A }'
    expect(() => reader.call(text, 'Get-It', [1])).toThrow('cannot compute')
    expect(() => reader.call(text, 'Get-Other', [1])).toThrow('no function')
    expect(() => reader.call(text, 'Get-It', [])).toThrow('takes 1')
  })
})

describe('the supervisor, after the panel ended', () => {
  const wishes: readonly [number, string][] = [
    [exitCodes.stayDown, 'leave'],
    [exitCodes.restartMe, 'now'],
    [exitCodes.configurationBroken, 'leave'],
    [exitCodes.alreadyRunning, 'later'],
    [13, 'later'],
    [1, 'later'],
    [-1073741819, 'later'],
  ]
  it.each(wishes)('with %i: %s', (code, wish) => expect(ask('Get-Wish', code)).toBe(wish))

  it('knows every code the app ends with', () => {
    const known = wishes.map(([code]) => code)
    expect(Object.values(exitCodes).filter((code) => !known.includes(code))).toEqual([])
  })
})

describe('the supervisor, while an installer is at work', () => {
  const days = 24 * 60
  it.each([
    ['just set', 0, days, true],
    ['set by a clock a little ahead', -0.5, days, true],
    ['nearly fifteen minutes old', 14.9, days, true],
    ['fifteen minutes old', 15, days, false],
    ['from last week', 7 * days, 8 * days, false],
    ['from before the tablet was started again', 5, 4, false],
    ['from the future, since the clock was set back', -60, days, false],
  ])('a mark that is %s counts: %s min, up for %s min: %s', (_what, age, uptime, isHeld) => {
    expect(ask('Test-Hold', age, uptime)).toBe(isHeld)
  })

  it.each([
    // there, removed, held
    ['starts what is there', true, false, false, 'start'],
    ['waits while files are exchanged', true, false, true, 'wait'],
    ['waits for a program that an installer took away', false, false, true, 'wait'],
    ['waits for a program that a broken installer left out', false, false, false, 'wait'],
    ['leaves when the program was uninstalled', false, true, true, 'leave'],
    ['leaves when it was uninstalled long ago', false, true, false, 'leave'],
    ['starts what another installation left alone', true, true, false, 'start'],
    ['waits while the uninstaller is still at it', true, true, true, 'wait'],
  ])('%s', (_what, isThere, isRemoved, isHeld, turn) => {
    expect(ask('Get-Turn', isThere, isRemoved, isHeld)).toBe(turn)
  })

  it('reads the key and the values the installer writes', () => {
    const [, key = ''] = /!define DOORPLATE_KEY "([^"]+)"/.exec(installer) ?? []
    expect(supervisor).toContain(`"$hive\\${key}"`)
    const written = [...installer.matchAll(/doorplateWrite "(\w+)"/g)].map(([, name]) => name)
    const read = [...supervisor.matchAll(/Get-Mark '(\w+)'/g)].map(([, name]) => name)
    expect(written.sort()).toEqual(['InstallingSince', 'Removed'])
    expect(read.sort()).toEqual(written)
  })
})

it('Shell Launcher acts on the codes the supervisor ends with', () => {
  const launcher = readRepositoryFile('build/windows/Install-ShellLauncher.ps1')
  const [, codes = ''] = /SetCustomShell\(\$sid, \$shell, @\(([\d, ]+)\), /.exec(launcher) ?? []
  const leaving = [...Array(32).keys()].filter((code) => ask('Get-Wish', code) === 'leave')
  expect(codes.split(', ').map(Number)).toEqual(leaving)
})
